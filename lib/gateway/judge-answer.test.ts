import { expect, test } from 'vitest'
import type { OutputFormat } from '../records/check-structured-output'
import type { AnswerFacts } from '../shapes/answer-facts'
import { heldBy, judgeAnswer, outputOf } from './judge-answer'

const JSON_ONLY: OutputFormat = { type: 'json_object' }
const ANSWER: AnswerFacts = {
  usage: null,
  finishReason: 'stop',
  nativeFinishReason: 'stop',
  toolCalls: [],
  hasOutput: true,
  problem: null,
  problemStatus: null,
  text: 'Sure!',
}
const BAD_CALL = { name: 'nobody', arguments: '{}' }

test.each([
  [false, false, 'nothing', 'nothing'],
  [true, false, 'tool_calls', 'tool_calls'],
  [false, true, 'answer', 'nothing'],
  [true, true, 'answer', 'tool_calls'],
])(
  'guards of calls %s and output %s hold %s, and %s of any text',
  (toolCalls, structuredOutput, json, text) => {
    expect(heldBy({ toolCalls, structuredOutput }, JSON_ONLY)).toBe(json)
    expect(heldBy({ toolCalls, structuredOutput }, { type: 'text' })).toBe(text)
  },
)

test('an answer is judged only as far as its guards want', () => {
  const facts = { ...ANSWER, toolCalls: [BAD_CALL] }
  const judge = (toolCalls: boolean, structuredOutput: boolean) =>
    judgeAnswer(facts, { guards: { toolCalls, structuredOutput }, tools: [], format: JSON_ONLY })
  expect(judge(false, false)).toEqual({ checkedCalls: null, checkedOutput: null, objection: null })
  expect(judge(true, false).objection).toMatch(/^called the tool nobody badly/)
  // It calls a tool, so its text need not be JSON.
  expect(judge(false, true)).toMatchObject({ checkedOutput: { verdict: 'unknown' }, objection: null })
})

test('the objection says what is wrong', () => {
  const guards = { toolCalls: false, structuredOutput: true }
  expect(judgeAnswer(ANSWER, { guards, tools: [], format: JSON_ONLY }).objection).toBe(
    'did not answer in the format that was asked for: The answer is text, not JSON.',
  )
})

test.each<[string, Partial<AnswerFacts>, string | undefined]>([
  ['JSON', { text: '{"a":1}' }, 'valid'],
  ['text', {}, 'invalid_json'],
  ['cut off', { finishReason: 'length' }, 'unknown'],
  ['calls a tool, whatever it ends with', { toolCalls: [BAD_CALL] }, 'unknown'],
  ['refused in words', { text: '', isRefused: true }, 'unknown'],
  ['nothing but reasoning', { text: '' }, 'invalid_json'],
  ['its text was not kept', { text: undefined }, 'unknown'],
])('an answer that is %s', (_, over, verdict) => {
  expect(outputOf({ ...ANSWER, ...over }, JSON_ONLY)?.verdict).toBe(verdict)
  expect(outputOf({ ...ANSWER, ...over }, { type: 'text' })).toBeNull()
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answerFromStream } from './answer-from-stream'
import type { Answer, OutputPart, StreamEvent, ToolCallEvent, Usage } from './hub'
import { createObserver, factsOfAnswer } from './observe'
import { streamFromAnswer } from './stream-from-answer'

const usage: Usage = {
  promptTokens: 5,
  cachedTokens: null,
  cacheWriteTokens: null,
  completionTokens: 2,
  reasoningTokens: null,
  reportedCostUsd: null,
}
const call = (index: number, fields: Partial<ToolCallEvent> = {}): ToolCallEvent => ({
  type: 'tool_call',
  index,
  id: `c${index}`,
  name: 'a',
  argumentsPiece: '',
  isCustom: false,
  namespace: null,
  thoughtSignature: null,
  ...fields,
})
const reasoning = (text: string, signature: string | null = null): StreamEvent => ({
  type: 'reasoning',
  block: 0,
  piece: { type: 'reasoning', kind: 'text', text, signature, id: null, format: 'unsigned' },
})

function observe(events: readonly StreamEvent[], options = {}) {
  const observer = createObserver(options)
  for (const event of events) observer.push(event)
  return observer.facts()
}

describe('createObserver', () => {
  test.each<[string, StreamEvent, [boolean, boolean]]>([
    ['text', { type: 'text', text: 'Hi' }, [true, false]],
    ['empty text', { type: 'text', text: '' }, [false, false]],
    ['reasoning', reasoning('Hm'), [true, false]],
    ['a signature alone', reasoning('', 'sig'), [false, false]],
    ['a refusal', { type: 'refusal', text: 'No' }, [true, false]],
    ['the beginning of a call', call(0), [true, true]],
    ['usage', { type: 'usage', usage }, [false, false]],
    ['the end', { type: 'done' }, [false, false]],
  ])('tells %s', (_, event, [isToken, isToolCall]) => {
    expect(createObserver().push(event)).toEqual({ isToken, isToolCall })
  })

  test('gives the facts: calls in their order, the last usage, the first finish reason and problem', () => {
    expect(
      observe([
        { type: 'usage', usage: { ...usage, completionTokens: 1 } },
        call(0, { argumentsPiece: '{"x"' }),
        call(1, { name: 'sql', argumentsPiece: 'select 1', isCustom: true }),
        call(0, { argumentsPiece: ':1}' }),
        call(2, { name: 'find', namespace: 'mcp' }),
        { type: 'finish', finishReason: 'tool_calls', nativeFinishReason: 'tool_use' },
        { type: 'finish', finishReason: 'stop', nativeFinishReason: 'stop' },
        { type: 'usage', usage },
        { type: 'problem', problem: { message: 'gone', code: 'server_error', status: 502 } },
        { type: 'problem', problem: { message: 'later', code: null, status: null } },
      ]),
    ).toEqual({
      usage,
      finishReason: 'tool_calls',
      nativeFinishReason: 'tool_use',
      toolCalls: [
        { name: 'a', arguments: '{"x":1}' },
        { name: 'sql', arguments: null, argumentsValue: 'select 1' },
        { name: 'mcp__find', arguments: '' },
      ],
      hasOutput: true,
      problem: 'gone',
      problemStatus: 502,
      problemCode: 'server_error',
    })
  })

  test('keeps the text when asked, without reasoning', () => {
    const said: StreamEvent[] = [reasoning('Hm'), { type: 'text', text: 'a' }, { type: 'text', text: 'b' }]
    expect(observe(said, { keepsText: true }).text).toBe('ab')
    expect(observe(said)).not.toHaveProperty('text')
  })
})

const text = fc.string({ unit: 'grapheme', minLength: 1 })
const part: fc.Arbitrary<OutputPart> = fc.oneof(
  text.map((value): OutputPart => ({ type: 'refusal', text: value })),
  fc.record({ text, hasAnnotation: fc.boolean() }).map(
    (one): OutputPart => ({
      type: 'text',
      text: one.text,
      cacheControl: null,
      annotations: one.hasAnnotation ? [{ type: 'url_citation' }] : [],
    }),
  ),
  fc.record({ text, signature: fc.option(text, { nil: null }) }).map(
    (one): OutputPart => ({
      type: 'reasoning',
      kind: 'text',
      ...one,
      id: null,
      format: 'anthropic-claude-v1',
    }),
  ),
  fc
    .record({ id: text, name: text, arguments: text, isCustom: fc.boolean() })
    .map((one): OutputPart => ({ type: 'tool_call', ...one, namespace: null, thoughtSignature: null })),
)
/** Texts that follow each other are one in a stream. */
const parts = fc
  .array(part, { maxLength: 8 })
  .map((all) =>
    all.filter((one, at) => at === 0 || all[at - 1]?.type !== one.type || one.type === 'tool_call'),
  )
const answers: fc.Arbitrary<Answer> = parts.map((all) => ({
  id: null,
  parts: all,
  finishReason: 'stop',
  nativeFinishReason: 'end_turn',
  usage,
  serviceTier: null,
  problem: null,
}))

test('an answer told as a stream is the answer again, and has the same facts', () => {
  fc.assert(
    fc.property(answers, (answer) => {
      const before = structuredClone(answer)
      const events = streamFromAnswer(answer)
      expect(answerFromStream(events)).toEqual(answer)
      expect(observe(events, { keepsText: true })).toEqual(factsOfAnswer(answer, { keepsText: true }))
      expect(answer).toEqual(before)
    }),
  )
})

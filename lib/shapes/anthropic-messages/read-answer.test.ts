import { describe, expect, test } from 'vitest'
import type { AnswerFacts } from '../answer-facts'
import { createObserver, factsOfAnswer } from '../observe'
import { readAnswer } from './read-answer'
import { createReader } from './stream-reader'

const factsOf = (body: unknown) => factsOfAnswer(readAnswer(body))

/** The facts of a stream, and which of its events were a token, part of a call, the end. */
function observe(given: readonly unknown[]): { facts: AnswerFacts; told: [boolean, boolean, boolean][] } {
  const reader = createReader()
  const observer = createObserver()
  const told = given.map((value): [boolean, boolean, boolean] => {
    const events = reader.push({ event: null, data: JSON.stringify(value), value })
    const marks = events.map((event) => observer.push(event))
    const isFinal = events.some(({ type }) => type === 'finish' || type === 'done')
    return [marks.some(({ isToken }) => isToken), marks.some(({ isToolCall }) => isToolCall), isFinal]
  })
  for (const event of reader.end()) observer.push(event)
  return { facts: observer.facts(), told }
}

const answer = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'atlas-120b',
  content: [
    { type: 'thinking', thinking: 'Weather first.', signature: 'sig' },
    { type: 'text', text: 'Let me look.', citations: null },
    { type: 'tool_use', id: 'toolu_1', name: 'get_weather', input: { city: 'Riga' } },
    { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: { query: 'x' } },
  ],
  stop_reason: 'tool_use',
  stop_sequence: null,
  usage: {
    input_tokens: 20,
    cache_read_input_tokens: 100,
    cache_creation_input_tokens: 7,
    output_tokens: 40,
    output_tokens_details: { thinking_tokens: 12 },
  },
}
const usage = {
  promptTokens: 127,
  cachedTokens: 100,
  cacheWriteTokens: 7,
  completionTokens: 40,
  reasoningTokens: 12,
  reportedCostUsd: null,
}

/** As the documentation of streaming messages shows it, with thinking and two tools. */
const stream = [
  {
    type: 'message_start',
    message: {
      ...answer,
      content: [],
      stop_reason: null,
      usage: {
        input_tokens: 20,
        cache_read_input_tokens: 100,
        cache_creation_input_tokens: 7,
        output_tokens: 1,
      },
    },
  },
  { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '', signature: '' } },
  { type: 'ping' },
  { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'Weather first.' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'signature_delta', signature: 'sig' } },
  { type: 'content_block_stop', index: 0 },
  { type: 'content_block_start', index: 1, content_block: { type: 'text', text: '' } },
  { type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text: 'Let me look.' } },
  { type: 'content_block_stop', index: 1 },
  {
    type: 'content_block_start',
    index: 2,
    content_block: { type: 'tool_use', id: 'toolu_1', name: 'get_weather', input: {} },
  },
  { type: 'content_block_delta', index: 2, delta: { type: 'input_json_delta', partial_json: '' } },
  { type: 'content_block_delta', index: 2, delta: { type: 'input_json_delta', partial_json: '{"city":' } },
  { type: 'content_block_delta', index: 2, delta: { type: 'input_json_delta', partial_json: '"Riga"}' } },
  { type: 'content_block_stop', index: 2 },
  {
    type: 'message_delta',
    delta: { stop_reason: 'tool_use', stop_sequence: null },
    usage: { output_tokens: 40, input_tokens: null, output_tokens_details: { thinking_tokens: 12 } },
  },
  { type: 'message_stop' },
]

const expected = {
  usage,
  finishReason: 'tool_calls',
  nativeFinishReason: 'tool_use',
  toolCalls: [{ name: 'get_weather', arguments: '{"city":"Riga"}' }],
  hasOutput: true,
  problem: null,
  problemStatus: null,
  problemCode: null,
}

describe('readAnswer', () => {
  test('reads calls, usage with the cache inside the prompt, and stop reason', () => {
    expect(factsOf(answer)).toEqual(expected)
  })

  test.each([
    ['end_turn', 'stop'],
    ['stop_sequence', 'stop'],
    ['max_tokens', 'length'],
    ['model_context_window_exceeded', 'length'],
    ['refusal', 'content_filter'],
    ['pause_turn', 'pause_turn'],
  ])('%s is %s in our words', (reason, normalised) => {
    const facts = factsOf({ content: [], stop_reason: reason })
    expect([facts.finishReason, facts.nativeFinishReason]).toEqual([normalised, reason])
  })

  test.each<[string, unknown, string, number | null]>([
    [
      'an error in place of the message',
      { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
      'The provider answered with an error: Overloaded',
      529,
    ],
    ['another shape', { choices: [{}] }, 'The answer is no message: it has no content.', null],
    ['null', null, 'The answer is no message: it has no content.', null],
    ['text', 'hello', 'The answer is no message: it has no content.', null],
  ])('finds a problem in %s', (_, body, problem, problemStatus) => {
    expect(factsOf(body)).toMatchObject({ problem, problemStatus })
  })

  test('an empty message is no problem and no output', () => {
    expect(factsOf({ content: [] })).toMatchObject({
      problem: null,
      hasOutput: false,
      usage: null,
    })
  })
})

describe('createReader', () => {
  test('gives the facts of the whole message', () => {
    expect(observe(stream).facts).toEqual(expected)
  })

  test('tells tokens, tool calls and the end', () => {
    const { told } = observe(stream)
    const indexesOf = (mark: 0 | 1 | 2) => told.flatMap((marks, index) => (marks[mark] ? [index] : []))
    expect(indexesOf(0)).toEqual([3, 7, 9, 11, 12])
    expect(indexesOf(1)).toEqual([9, 11, 12])
    expect(indexesOf(2)).toEqual([14, 15])
  })

  test('takes the input of the start when no piece follows', () => {
    const start = (index: number, input: unknown) => ({
      type: 'content_block_start',
      index,
      content_block: { type: 'tool_use', id: `t${index}`, name: 'a', input },
    })
    expect(observe([start(0, { x: 1 }), start(1, {})]).facts.toolCalls).toEqual([
      { name: 'a', arguments: '{"x":1}' },
      { name: 'a', arguments: '{}' },
    ])
  })

  test('an error event is the problem', () => {
    const error = { type: 'error', error: { type: 'rate_limit_error', message: 'Slow down' } }
    expect(observe([stream[0], error]).facts).toMatchObject({
      problem: 'The provider answered with an error: Slow down',
      problemStatus: 429,
      problemCode: 'rate_limit_error',
    })
  })

  test('a stream without message_start is not this shape', () => {
    expect(observe([null, 'x', { choices: [{ delta: { content: 'Hi' } }] }]).facts).toMatchObject({
      problem: expect.stringContaining('no message_start'),
      hasOutput: false,
    })
  })

  test('a stream that has not begun yet, or only with pings, has no problem', () => {
    expect(observe([]).facts.problem).toBeNull()
    expect(observe([{ type: 'ping' }]).facts.problem).toBeNull()
  })

  test('keeps the larger of two running counts', () => {
    const start = { type: 'message_start', message: { usage: { input_tokens: 25, output_tokens: 1 } } }
    const delta = { type: 'message_delta', delta: {}, usage: { input_tokens: 0, output_tokens: 15 } }
    expect(observe([start, delta]).facts.usage).toMatchObject({ promptTokens: 25, completionTokens: 15 })
  })
})

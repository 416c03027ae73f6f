import { describe, expect, test } from 'vitest'
import { createMessagesObserver, readMessagesAnswer } from './observe-messages'

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
}

describe('readMessagesAnswer', () => {
  test('reads calls, usage with the cache inside the prompt, and stop reason', () => {
    expect(readMessagesAnswer(answer)).toEqual(expected)
  })

  test.each([
    ['end_turn', 'stop'],
    ['stop_sequence', 'stop'],
    ['max_tokens', 'length'],
    ['model_context_window_exceeded', 'length'],
    ['refusal', 'content_filter'],
    ['pause_turn', 'pause_turn'],
  ])('%s is %s in our words', (reason, normalised) => {
    const facts = readMessagesAnswer({ content: [], stop_reason: reason })
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
    expect(readMessagesAnswer(body)).toMatchObject({ problem, problemStatus })
  })

  test('an empty message is no problem and no output', () => {
    expect(readMessagesAnswer({ content: [] })).toMatchObject({
      problem: null,
      hasOutput: false,
      usage: null,
    })
  })
})

describe('createMessagesObserver', () => {
  test('gives the facts of the whole message', () => {
    const observer = createMessagesObserver()
    for (const event of stream) observer.push(event)
    expect(observer.facts()).toEqual(expected)
  })

  test('tells tokens, tool calls and the end', () => {
    const observer = createMessagesObserver()
    const told = stream.map((event) => observer.push(event))
    const indexesOf = (field: 'isToken' | 'hasToolCallDelta' | 'isFinal') =>
      told.flatMap((chunk, index) => (chunk[field] ? [index] : []))
    expect(indexesOf('isToken')).toEqual([3, 7, 9, 11, 12])
    expect(indexesOf('hasToolCallDelta')).toEqual([9, 10, 11, 12])
    expect(indexesOf('isFinal')).toEqual([14, 15])
  })

  test('takes the input of the start when no piece follows', () => {
    const observer = createMessagesObserver()
    const start = (index: number, input: unknown) => ({
      type: 'content_block_start',
      index,
      content_block: { type: 'tool_use', id: `t${index}`, name: 'a', input },
    })
    observer.push(start(0, { x: 1 }))
    observer.push(start(1, {}))
    expect(observer.facts().toolCalls).toEqual([
      { name: 'a', arguments: '{"x":1}' },
      { name: 'a', arguments: '{}' },
    ])
  })

  test('an error event is the problem', () => {
    const observer = createMessagesObserver()
    observer.push(stream[0])
    observer.push({ type: 'error', error: { type: 'rate_limit_error', message: 'Slow down' } })
    expect(observer.facts()).toMatchObject({
      problem: 'The provider answered with an error: Slow down',
      problemStatus: 429,
    })
  })

  test('a stream without message_start is not this shape', () => {
    const observer = createMessagesObserver()
    for (const chunk of [null, 'x', { choices: [{ delta: { content: 'Hi' } }] }]) observer.push(chunk)
    expect(observer.facts()).toMatchObject({
      problem: expect.stringContaining('no message_start'),
      hasOutput: false,
    })
  })

  test('a stream that has not begun yet, or only with pings, has no problem', () => {
    const observer = createMessagesObserver()
    expect(observer.facts().problem).toBeNull()
    observer.push({ type: 'ping' })
    expect(observer.facts().problem).toBeNull()
  })

  test('keeps the larger of two running counts', () => {
    const observer = createMessagesObserver()
    observer.push({ type: 'message_start', message: { usage: { input_tokens: 25, output_tokens: 1 } } })
    observer.push({ type: 'message_delta', delta: {}, usage: { input_tokens: 0, output_tokens: 15 } })
    expect(observer.facts().usage).toMatchObject({ promptTokens: 25, completionTokens: 15 })
  })
})

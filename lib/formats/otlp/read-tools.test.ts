import { describe, expect, test } from 'vitest'
import { branchingSchema } from '../../testing/branching-schema'
import {
  chatSpan,
  type JsonSpan,
  jsonBody,
  type Plain,
  STARTED_AT_MS,
  toAttributes,
  toRequest,
} from './otlp-json.fixture'
import { readOtlpTraces } from './read-traces'

const schema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }
const definitions = [{ type: 'function', name: 'get_weather', parameters: schema }]

const recordOf = (attributes: Parameters<typeof chatSpan>[0], over: Partial<JsonSpan> = {}) => {
  const body = jsonBody(toRequest([chatSpan(attributes, over)]))
  const [record] = readOtlpTraces({ contentType: 'json', body, receivedAtMs: STARTED_AT_MS }).records
  if (!record) throw new Error('The span gave no record.')
  return record
}

const answer = (name: string, args: Plain | null): Plain[] => [
  {
    role: 'assistant',
    finish_reason: 'tool_call',
    parts: [{ type: 'tool_call', id: 'c1', name, ...(args === null ? {} : { arguments: args }) }],
  },
]

describe('tools offered', () => {
  test.each<[string, Parameters<typeof chatSpan>[0], number | null]>([
    ['are unknown without definitions', {}, null],
    ['as JSON text', { 'gen_ai.tool.definitions': JSON.stringify(definitions) }, 1],
    ['as structure', { 'gen_ai.tool.definitions': definitions }, 1],
    [
      'as AI SDK v7 writes them',
      { 'gen_ai.tool.definitions': JSON.stringify([{ type: 'function', name: 'a', inputSchema: schema }]) },
      1,
    ],
    [
      'as Traceloop writes them',
      { 'gen_ai.tool.definitions': JSON.stringify([{ type: 'function', function: { name: 'a' } }]) },
      1,
    ],
    ['are none', { 'gen_ai.tool.definitions': '[]' }, 0],
    ['are unknown when cut', { 'gen_ai.tool.definitions': JSON.stringify(definitions).slice(0, 50) }, null],
  ])('%s', (_case, attributes, toolsOffered) => {
    expect(recordOf(attributes).toolsOffered).toBe(toolsOffered)
  })
})

describe('tool calls', () => {
  test.each<[string, Plain | null, string]>([
    ['an object', { city: 'Oslo' }, 'valid'],
    ['text', '{"city":"Oslo"}', 'valid'],
    ['broken text', '{"city":"Os', 'invalid_json'],
    ['an object that does not fit', { town: 'Oslo' }, 'schema_mismatch'],
    ['nothing at all', null, 'unknown'],
  ])('arguments as %s are %s', (_case, args, verdict) => {
    const record = recordOf({
      'gen_ai.tool.definitions': JSON.stringify(definitions),
      'gen_ai.output.messages': JSON.stringify(answer('get_weather', args)),
    })
    expect(record.toolCalls).toMatchObject([{ name: 'get_weather', verdict }])
    expect(record.attempts[0].toolCalls).toEqual(record.toolCalls)
    expect(record).toMatchObject({ callerKind: 'agentic', callerReason: 'finished_by_tool_call' })
  })

  test('of a name that was not offered', () => {
    const record = recordOf({
      'gen_ai.tool.definitions': JSON.stringify(definitions),
      'gen_ai.output.messages': answer('get_wether', { city: 'Oslo' }),
    })
    expect(record.toolCalls).toMatchObject([{ name: 'get_wether', verdict: 'unknown_name' }])
  })

  test('are judged unknown when the tools are not in the log', () => {
    const record = recordOf({ 'gen_ai.output.messages': JSON.stringify(answer('get_weather', '{')) })
    expect(record.toolCalls).toEqual([{ name: 'get_weather', verdict: 'unknown', detail: null }])
    expect(record.toolsOffered).toBeNull()
  })

  test('are unknown, not none, when the messages were cut', () => {
    const cut = JSON.stringify(answer('get_weather', {})).slice(0, 60)
    expect(recordOf({ 'gen_ai.output.messages': cut }).toolCalls).toBeNull()
  })

  test('are none when the answer is text', () => {
    const text = JSON.stringify([{ role: 'assistant', parts: [{ type: 'text', content: 'Sunny.' }] }])
    expect(recordOf({ 'gen_ai.output.messages': text }).toolCalls).toEqual([])
  })

  test.each<[string, unknown]>([
    [
      "OpenAI's",
      [{ role: 'assistant', tool_calls: [{ id: 'c', function: { name: 'a', arguments: '{}' } }] }],
    ],
    ["Anthropic's", [{ role: 'assistant', content: [{ type: 'tool_use', name: 'a', input: {} }] }]],
  ])('in %s own shape', (_vendor, messages) => {
    expect(recordOf({ 'gen_ai.completion': JSON.stringify(messages) }).toolCalls).toMatchObject([
      { name: 'a' },
    ])
  })

  test("in Traceloop's flat names", () => {
    const record = recordOf({
      'gen_ai.tool.definitions': JSON.stringify(definitions),
      'gen_ai.completion.0.role': 'assistant',
      'gen_ai.completion.0.finish_reason': 'tool_calls',
      'gen_ai.completion.0.tool_calls.0.name': 'get_weather',
      'gen_ai.completion.0.tool_calls.0.arguments': '{"city":7}',
    })
    expect(record.toolCalls).toMatchObject([{ name: 'get_weather', verdict: 'schema_mismatch' }])
  })
})

test('tool calls are checked from one budget for the whole export, of which each span brings a share', () => {
  const tools = [...definitions, { type: 'function', name: 'branch', parameters: branchingSchema(40) }]
  const spanOf = (place: number, calls: Plain[]) =>
    chatSpan(
      {
        'gen_ai.tool.definitions': JSON.stringify(tools),
        'gen_ai.output.messages': JSON.stringify([{ role: 'assistant', parts: calls }]),
      },
      { spanId: place.toString(16).padStart(16, '0') },
    )
  const call = (name: string, args: Plain) => ({ type: 'tool_call', name, arguments: args })
  const hundred = Array.from({ length: 100 }, () => call('branch', {}))
  const oslo = call('get_weather', { city: 'Oslo' })
  const body = jsonBody(toRequest([spanOf(1, [...hundred, oslo]), spanOf(2, [oslo]), spanOf(3, [oslo])]))
  const { records } = readOtlpTraces({ contentType: 'json', body, receivedAtMs: STARTED_AT_MS })
  const verdicts = records.map(({ toolCalls }) => toolCalls?.map(({ verdict }) => verdict))
  expect(verdicts).toEqual([[...hundred, oslo].map(() => 'unknown'), ['valid'], ['valid']])
})

describe('tool results in the input', () => {
  const user = { role: 'user', parts: [{ type: 'text', content: 'Weather?' }] }
  test.each<[string, Parameters<typeof chatSpan>[0], string]>([
    [
      'a tool message',
      { 'gen_ai.input.messages': JSON.stringify([user, { role: 'tool', parts: [] }]) },
      'agentic',
    ],
    [
      'a response part',
      {
        'gen_ai.input.messages': JSON.stringify([
          { role: 'user', parts: [{ type: 'tool_call_response', id: 'c1', response: 'sunny' }] },
        ]),
      },
      'agentic',
    ],
    [
      "Anthropic's block",
      { 'gen_ai.prompt': JSON.stringify([{ role: 'user', content: [{ type: 'tool_result' }] }]) },
      'agentic',
    ],
    ["Traceloop's flat role", { 'gen_ai.prompt.0.role': 'user', 'gen_ai.prompt.1.role': 'tool' }, 'agentic'],
    ['none', { 'gen_ai.input.messages': JSON.stringify([user]) }, 'human'],
    ['messages that were cut', { 'gen_ai.input.messages': JSON.stringify([user]).slice(0, 20) }, 'unknown'],
    ['messages not captured', {}, 'unknown'],
  ])('%s', (_case, attributes, callerKind) => {
    expect(recordOf(attributes).callerKind).toBe(callerKind)
  })

  test('in events of older conventions', () => {
    const event = (name: string, attributes: Parameters<typeof toAttributes>[0]) => ({
      events: [{ name, timeUnixNano: '1795386577874000000', attributes: toAttributes(attributes) }],
    })
    const prompt = JSON.stringify([{ role: 'tool', content: 'sunny' }])
    expect(recordOf({}, event('gen_ai.tool.message', {})).callerKind).toBe('agentic')
    expect(recordOf({}, event('gen_ai.content.prompt', { 'gen_ai.prompt': prompt })).callerKind).toBe(
      'agentic',
    )
  })
})

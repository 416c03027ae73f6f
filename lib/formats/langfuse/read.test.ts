import { describe, expect, test } from 'vitest'
import { readFormat, recordsOf } from '../../testing/read-format'
import { OBSERVATION } from './examples.fixture'
import { RECORDED } from './recorded.fixture'

const AT = '2026-11-22T10:00:00.000Z'
const event = (type: string, body: object) => ({ id: `e-${type}`, type, timestamp: AT, body })
const CREATE = event('generation-create', { id: 'g', traceId: 't', startTime: AT, model: 'gpt-4o' })
const UPDATE = event('generation-update', {
  id: 'g',
  traceId: 't',
  endTime: '2026-11-22T10:00:03.000Z',
  usageDetails: { input: 7, output: 2 },
})
const TRACE = event('trace-create', { id: 't', name: 'shop', userId: 'u', sessionId: 's' })
const WHOLE = {
  externalId: 'g',
  app: 'shop',
  endUser: 'u',
  sessionId: 's',
  model: 'openai/gpt-4o',
  promptTokens: 7,
  completionTokens: 2,
  startedAtMs: Date.parse(AT),
  attempts: [{ durationMs: 3000 }],
}

test('what langfuse 3 sends is its generations', () => {
  const memory = new Map<string, unknown>()
  const bodies = RECORDED.map(({ body }) => body)
  const records = bodies.map((body) => recordsOf(readFormat('langfuse', body, { memory })))
  expect(records.map((list) => list.length)).toEqual([2, 1, 1])
  const [failed, answered] = records[0] ?? []
  expect(failed).toMatchObject({
    model: 'openai/gpt-4o',
    promptTokens: 10,
    completionTokens: 3,
    attempts: [{ errorClass: 'rate_limited', httpStatus: 429 }],
  })
  expect(answered).toMatchObject({
    app: 'chat',
    endUser: 'u-1',
    sessionId: 's-1',
    model: 'openai/gpt-5-mini',
    promptTokens: 120,
    cachedTokens: 64,
    completionTokens: 18,
    costSource: 'reported',
    finishReason: 'tool_calls',
    toolCalls: [{ name: 'get_weather' }],
    callerKind: 'agentic',
  })
  const [begun, ended] = records.slice(1).flat()
  expect(ended?.externalId).toBe(begun?.externalId)
  expect(ended).toMatchObject({
    promptTokens: 5,
    completionTokens: 6,
    attempts: [{ durationMs: 6, timeToFirstTokenMs: 100 }],
  })
})

describe('events of one generation', () => {
  const orders = [
    [TRACE, CREATE, UPDATE],
    [CREATE, UPDATE, TRACE],
    [UPDATE, CREATE, TRACE],
    [UPDATE, TRACE, CREATE],
  ]

  test.each(orders)('are one record in one batch, in whatever order (%#)', (...batch) => {
    expect(recordsOf(readFormat('langfuse', { batch }))).toMatchObject([WHOLE])
  })

  test.each(orders)('end as the same record in batches of their own (%#)', (...batch) => {
    const memory = new Map<string, unknown>()
    const records = batch.flatMap((one) => recordsOf(readFormat('langfuse', { batch: [one] }, { memory })))
    expect(records.at(-1)).toMatchObject(WHOLE)
    expect(new Set(records.map(({ id }) => id)).size).toBe(1)
  })
})

test('a generation below an agent is agentic', () => {
  const agent = event('agent-create', { id: 'a', traceId: 't', startTime: AT })
  const tool = event('tool-create', { id: 'tool', traceId: 't', startTime: AT, parentObservationId: 'a' })
  const call = event('generation-create', {
    id: 'g',
    traceId: 't',
    startTime: AT,
    parentObservationId: 'tool',
  })
  expect(recordsOf(readFormat('langfuse', { batch: [call, tool, agent] }))).toMatchObject([
    { callerKind: 'agentic', callerReason: 'agent_span_ancestor' },
  ])
})

test('an observation of the API is a request', () => {
  expect(recordsOf(readFormat('langfuse', OBSERVATION))).toMatchObject([
    {
      externalId: 'obs-1',
      promptTokens: 10,
      stream: true,
      attempts: [{ durationMs: 2000, timeToFirstTokenMs: 500 }],
    },
  ])
})

test.each([
  [{ input: 56, output: 18, input_cached_tokens: 64, total: 138 }, 120, 64, 18, null],
  [{ input: 120, output: 18, input_cached_tokens: 64, total: 138 }, 120, 64, 18, null],
  [{ input: 10, output: 5, output_reasoning_tokens: 7 }, 10, null, 12, 7],
  [
    { input: 10, cache_read_input_tokens: 100, cache_creation_input_tokens: 50, output: 3 },
    160,
    100,
    3,
    null,
  ],
  [{ prompt_tokens: 20, completion_tokens: 5, prompt_tokens_details: { cached_tokens: 8 } }, 20, 8, 5, null],
])('usage details %j', (usageDetails, promptTokens, cachedTokens, completionTokens, reasoningTokens) => {
  const batch = [event('generation-create', { id: 'g', startTime: AT, usageDetails })]
  expect(recordsOf(readFormat('langfuse', { batch }))).toMatchObject([
    { promptTokens, cachedTokens, completionTokens, reasoningTokens },
  ])
})

test('characters are no tokens', () => {
  const batch = [
    event('generation-create', {
      id: 'g',
      startTime: AT,
      usage: { input: 900, output: 10, unit: 'CHARACTERS' },
    }),
  ]
  expect(recordsOf(readFormat('langfuse', { batch }))).toMatchObject([{ promptTokens: null }])
})

test('an event without a body is refused by itself', () => {
  expect(readFormat('langfuse', { batch: [{ id: 'e', type: 'generation-create' }, CREATE] })).toMatchObject([
    { index: 0, rejected: { id: 'e', errors: [{ path: 'body' }] } },
    { index: 1, record: {} },
  ])
})

import { expect, test } from 'vitest'
import { readFormat, recordsOf } from '../../testing/read-format'
import { CAPTURED } from './examples.fixture'
import { RECORDED } from './recorded.fixture'

test('what @posthog/ai sends is its generations and embeddings', () => {
  const outcomes = RECORDED.flatMap(({ body }) => readFormat('posthog', body))
  expect(outcomes.at(-1)).toMatchObject({ ignored: 'pageview is no request to a model' })
  expect(recordsOf(outcomes)).toMatchObject([
    {
      endUser: 'user_1',
      model: 'openai/gpt-5-mini',
      promptTokens: 120,
      cachedTokens: 64,
      completionTokens: 18,
      reasoningTokens: 4,
      finishReason: 'tool_calls',
      toolsOffered: 1,
      toolCalls: [{ name: 'get_weather', verdict: 'valid' }],
      attempts: [{ provider: 'openai', httpStatus: 200, durationMs: 53 }],
    },
    {
      stream: true,
      promptTokens: 20,
      toolsOffered: 0,
      toolCalls: [],
      attempts: [{ timeToFirstTokenMs: 11 }],
    },
    { promptTokens: null, toolCalls: null, attempts: [{ httpStatus: 429, errorClass: 'rate_limited' }] },
    { operation: 'embedding', promptTokens: 9, toolsOffered: null },
  ])
})

test('an event begins before it is captured, by its latency', () => {
  expect(recordsOf(readFormat('posthog', CAPTURED))).toMatchObject([
    { startedAtMs: Date.parse('2026-11-22T10:00:00.000Z'), endUser: 'user_123', stream: true },
  ])
})

test.each([
  [{ $ai_provider: 'anthropic' }, 160],
  [{ $ai_provider: 'anthropic', $ai_cache_reporting_exclusive: false }, 10],
  [{ $ai_provider: 'bedrock', $ai_cache_reporting_exclusive: true }, 160],
  [{ $ai_provider: 'openai' }, 160],
])('cached tokens of %j are inside the prompt or beside it', (change, promptTokens) => {
  const properties = {
    ...CAPTURED.properties,
    $ai_cache_read_input_tokens: 100,
    $ai_cache_creation_input_tokens: 50,
    ...change,
  }
  expect(recordsOf(readFormat('posthog', { ...CAPTURED, properties }))).toMatchObject([{ promptTokens }])
})

test('where nobody is known, the trace is no person', () => {
  const properties = { ...CAPTURED.properties, distinct_id: 'trace_id_here', $ai_session_id: 's' }
  expect(recordsOf(readFormat('posthog', { ...CAPTURED, properties }))).toMatchObject([
    { endUser: null, sessionId: 's' },
  ])
})

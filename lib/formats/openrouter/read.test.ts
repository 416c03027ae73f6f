import { expect, test } from 'vitest'
import { readFormat, recordsOf } from '../../testing/read-format'
import { ACTIVITY, BROADCAST, EXPORTED, GENERATION } from './examples.fixture'

test('a generation is a request, and each provider that was tried an attempt', () => {
  expect(recordsOf(readFormat('openrouter', { data: GENERATION }))).toMatchObject([
    {
      externalId: GENERATION.id,
      model: 'moonshotai/kimi-k2',
      endUser: 'user-123',
      sessionId: 's-9',
      promptTokens: 12,
      completionTokens: 28,
      reasoningTokens: 5,
      cachedTokens: 3,
      finishReason: 'tool_calls',
      costSource: 'reported',
      attempts: [
        { provider: 'groq', httpStatus: 503, errorClass: 'upstream_5xx', durationMs: 400 },
        { provider: 'Fireworks', httpStatus: 200, errorClass: null, durationMs: 3600 },
      ],
    },
  ])
})

test('without attempts it has its own times', () => {
  const [record] = recordsOf(
    readFormat('openrouter', { ...GENERATION, provider_responses: null, cancelled: true }),
  )
  expect(record?.attempts).toMatchObject([
    { timeToFirstTokenMs: 1250, durationMs: 4000, errorClass: 'cancelled' },
  ])
})

test('a row of the export is a request', () => {
  expect(recordsOf(readFormat('openrouter', EXPORTED))).toMatchObject([
    {
      externalId: 'gen-1',
      app: 'vscode',
      startedAtMs: Date.parse('2026-11-22T10:00:00.271Z'),
      promptTokens: 100,
      cachedTokens: 40,
      stream: true,
      attempts: [{ timeToFirstTokenMs: 300, durationMs: 900 }],
    },
  ])
})

test('separators of thousands in a count are refused and say what to do', () => {
  expect(
    readFormat('openrouter', { ...EXPORTED, tokens_prompt: '1,200', tokens_completion: '1.200' }),
  ).toMatchObject([{ rejected: { errors: [{ path: 'tokens_prompt' }, { path: 'tokens_completion' }] } }])
})

test('a day of activity is its requests, whose sums are its own', () => {
  const records = recordsOf(readFormat('openrouter', { data: [ACTIVITY] }))
  const sum = (of: (record: (typeof records)[number]) => number | null) =>
    records.reduce((total, record) => total + (of(record) ?? 0), 0)
  expect(records).toHaveLength(7)
  expect(new Set(records.map(({ id }) => id)).size).toBe(7)
  expect(sum(({ promptTokens }) => promptTokens)).toBe(50)
  expect(sum(({ completionTokens }) => completionTokens)).toBe(125)
  expect(sum(({ reasoningTokens }) => reasoningTokens)).toBe(25)
  expect(new Set(records.map(({ startedAtMs }) => new Date(startedAtMs).toISOString().slice(0, 10)))).toEqual(
    new Set(['2026-11-22']),
  )
})

test.each([0, -1, 1_000_000])('%i requests in a day are refused', (requests) => {
  expect(readFormat('openrouter', { ...ACTIVITY, requests })).toMatchObject([
    { rejected: { errors: [{ path: 'requests' }] } },
  ])
})

test('a row of a Broadcast warehouse is a request', () => {
  expect(recordsOf(readFormat('openrouter', BROADCAST))).toMatchObject([
    { externalId: 't:s', app: 'laptop', sessionId: 'x', promptTokens: 3, attempts: [{ durationMs: 900 }] },
  ])
  expect(readFormat('openrouter', { ...BROADCAST, SPAN_TYPE: 'SPAN' })).toMatchObject([
    { ignored: 'SPAN is no request' },
  ])
})

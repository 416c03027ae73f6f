import { expect, test } from 'vitest'
import { readFormat, recordsOf } from '../../testing/read-format'
import { GENERATION, REPORT } from './examples.fixture'

test('a generation is a request', () => {
  expect(recordsOf(readFormat('vercel', { data: GENERATION }))).toMatchObject([
    {
      externalId: GENERATION.id,
      model: 'openai/gpt-5-mini',
      promptTokens: 100,
      cachedTokens: 20,
      cacheWriteTokens: 5,
      completionTokens: 50,
      reasoningTokens: 10,
      attempts: [{ provider: 'openai', timeToFirstTokenMs: 200, durationMs: 1500 }],
    },
  ])
})

test('a report by day is its requests, whose sums are its own', () => {
  const records = recordsOf(readFormat('vercel', REPORT))
  expect(records).toHaveLength(84)
  expect(records.reduce((sum, { promptTokens }) => sum + (promptTokens ?? 0), 0)).toBe(4201)
  expect(records[0]).toMatchObject({ endUser: 'customer_42' })
})

test('a report without days says how to ask for one', () => {
  expect(
    readFormat('vercel', { results: [{ model: 'a/b', total_cost: 1, request_count: 3 }] }),
  ).toMatchObject([{ rejected: { errors: [{ path: 'day', message: expect.stringContaining('by day') }] } }])
})

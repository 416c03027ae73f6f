import { expect, test } from 'vitest'
import { readFormat, recordsOf } from '../../testing/read-format'
import { INSERTED, ROW } from './examples.fixture'

const one = (body: unknown) => recordsOf(readFormat('portkey', body))[0]

test('a line of an export is a request; its cost is in cents', () => {
  expect(one(ROW)).toMatchObject({
    externalId: '9f1',
    app: 'shop',
    endUser: 'u1',
    model: 'openai/gpt-5-mini',
    promptTokens: 120,
    cachedTokens: 100,
    completionTokens: 8,
    finishReason: 'stop',
    toolsOffered: 1,
    toolCalls: [],
    costSource: 'reported',
    attempts: [{ provider: 'openai', httpStatus: 200, durationMs: 912 }],
  })
})

test.each([
  [{ cost: 0.042 }, 'reported'],
  [{ cost: 0.042, cost_currency: 'EUR' }, 'price_table'],
])('the cost of %j is %s', (change, costSource) => {
  expect(one({ ...ROW, ...change })).toMatchObject({ costSource })
})

test.each([
  [{ response_status_code: 429 }, 'rate_limited'],
  [{ response_status_code: 503 }, 'upstream_5xx'],
  [{ response_status_code: null, is_success: false }, 'bad_response'],
])('%j is a failure', (change, errorClass) => {
  expect(one({ ...ROW, ...change })).toMatchObject({ attempts: [{ errorClass }] })
})

test('metadata may be keys beside values', () => {
  expect(one({ ...ROW, metadata: { key: ['_user', 'app'], value: ['u9', 'desk'] } })).toMatchObject({
    endUser: 'u9',
    app: 'desk',
  })
})

test('a body of its log API is a request', () => {
  expect(one(INSERTED)).toMatchObject({
    externalId: 't:s',
    startedAtMs: Date.parse('2026-11-22T10:00:00Z'),
    promptTokens: 5,
    endUser: 'u2',
    attempts: [{ provider: 'anthropic', durationMs: 1000 }],
  })
})

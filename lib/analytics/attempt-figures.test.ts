import { expect, test } from 'vitest'
import { histogramBin, histogramEntries } from '../recorder/histogram'
import { ENDPOINT_MEASURES } from '../recorder/measures'
import { type AttemptSums, addAttemptSums, attemptFigures, toAttemptSums } from './attempt-figures'

/** Sums with these numbers; all others are zero. */
function makeSums(overrides: Partial<AttemptSums> = {}): AttemptSums {
  const none = toAttemptSums({ measures: [], timeToFirstTokenMs: [], tokensPerSecond: [] })
  return { ...none, ...overrides }
}

const histogramOf = (value: number, count: number) =>
  histogramEntries(new Map([[histogramBin(value), count]]))

test('of nothing everything is zero or unknown', () => {
  expect(attemptFigures(addAttemptSums([]))).toEqual({
    ...{ attempts: 0, ok: 0, errorsByClass: {}, uptime: null, rateLimitedShare: null },
    ...{ latencyMsP50: null, latencyMsP95: null, tokensPerSecondP50: null },
    ...{ toolCallAttempts: 0, badToolCallAttempts: 0, toolCallErrorRate: null },
    ...{ requests: 0, totalTokens: 0, costUsd: null },
  })
})

test('uptime leaves out what is not the provider’s fault, and needs 20 attempts that count', () => {
  const sums = makeSums({ attempts: 40, ok: 15, upstream_5xx: 5, rate_limited: 10, cancelled: 10 })
  expect(attemptFigures(sums)).toMatchObject({
    uptime: 0.75,
    rateLimitedShare: 0.25,
    errorsByClass: { rate_limited: 10, upstream_5xx: 5, cancelled: 10 },
  })
  expect(attemptFigures({ ...sums, ok: 14 }).uptime).toBeNull()
})

test('a free request has a known cost, one without a cost has none', () => {
  expect(attemptFigures(makeSums({ costed_tokens: 110 })).costUsd).toBe(0)
  expect(attemptFigures(makeSums({ prompt_tokens: 100, completion_tokens: 10 }))).toMatchObject({
    costUsd: null,
    totalTokens: 110,
  })
})

test('sums add up measure by measure, and their distributions together', () => {
  const fast = makeSums({ attempts: 90, timeToFirstTokenMs: histogramOf(100, 90) })
  const slow = makeSums({ attempts: 10, timeToFirstTokenMs: histogramOf(4000, 10) })
  const { attempts, latencyMsP50, latencyMsP95 } = attemptFigures(addAttemptSums([fast, slow]))
  expect(attempts).toBe(100)
  expect(Math.abs((latencyMsP50 ?? 0) / 100 - 1)).toBeLessThanOrEqual(0.02)
  expect(Math.abs((latencyMsP95 ?? 0) / 4000 - 1)).toBeLessThanOrEqual(0.02)
})

test('measures are read in the order in which they are selected', () => {
  const sums = toAttemptSums({
    measures: ENDPOINT_MEASURES.map((_, index) => index),
    timeToFirstTokenMs: [],
    tokensPerSecond: [],
  })
  ENDPOINT_MEASURES.forEach((name, index) => {
    expect(sums[name]).toBe(index)
  })
})

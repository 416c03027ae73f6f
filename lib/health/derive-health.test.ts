import { describe, expect, test } from 'vitest'
import { histogramBin, histogramEntries, histogramQuantile } from '../recorder/histogram'
import {
  failureShareOf,
  NO_HEALTH_SUMS,
  percentilesOf,
  statusOf,
  toHealthView,
  toolCallErrorRateOf,
  uptimeOf,
} from './derive-health'

function histogramOf(values: readonly number[]): number[] {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(histogramBin(value), (counts.get(histogramBin(value)) ?? 0) + 1)
  return histogramEntries(counts)
}

describe('uptimeOf', () => {
  test.each<[string, { attempts: number; ok: number; countedErrors: number }, number | null]>([
    ['no attempts', { attempts: 0, ok: 0, countedErrors: 0 }, null],
    ['one too few', { attempts: 19, ok: 19, countedErrors: 0 }, null],
    ['just enough', { attempts: 20, ok: 19, countedErrors: 1 }, 0.95],
    ['nothing but errors', { attempts: 20, ok: 0, countedErrors: 20 }, 0],
    ['rate limits are in neither count', { attempts: 100, ok: 30, countedErrors: 10 }, 0.75],
    ['many attempts of which few count', { attempts: 100, ok: 10, countedErrors: 9 }, null],
  ])('%s', (_case, counts, uptime) => {
    expect(uptimeOf(counts)).toBe(uptime)
  })
})

describe('failureShareOf', () => {
  const counts = (ok: number, countedErrors: number) => ({ attempts: ok + countedErrors, ok, countedErrors })
  test.each<[string, [number, number], number, [number, number], number | null]>([
    ['nothing', [0, 0], 0, [0, 0], null],
    ['five minutes, with rate limits', [15, 2], 3, [900, 100], 0.25],
    ['rate limits alone', [0, 0], 20, [0, 0], 1],
    ['too little in five minutes', [10, 2], 3, [90, 10], 0.1],
    ['too little in half an hour', [10, 2], 3, [15, 4], null],
  ])('%s', (_, [ok, errors], rateLimited5m, [ok30, errors30], share) => {
    const given = { '5m': counts(ok, errors), '30m': counts(ok30, errors30), rateLimited5m }
    const told = failureShareOf(given)
    expect(told === null ? null : Number(told.toFixed(9))).toBe(share)
  })
})

describe('statusOf', () => {
  test.each<[number | null, string]>([
    [null, 'unknown'],
    [1, 'healthy'],
    [0.95, 'healthy'],
    [0.9499, 'degraded'],
    [0.8, 'degraded'],
    [0.7999, 'down'],
    [0, 'down'],
  ])('an uptime of %s is %s', (uptime, status) => {
    expect(statusOf(uptime)).toBe(status)
  })
})

describe('toolCallErrorRateOf', () => {
  test.each<[number, number, number | null]>([
    [0, 0, null],
    [19, 19, null],
    [20, 0, 0],
    [20, 1, 0.05],
    [200, 200, 1],
  ])('of %i checked attempts %i bad: %s', (checkedToolCallAttempts, badToolCallAttempts, rate) => {
    expect(toolCallErrorRateOf({ checkedToolCallAttempts, badToolCallAttempts })).toBe(rate)
  })
})

describe('percentilesOf', () => {
  test('is null without a value', () => {
    expect(percentilesOf([])).toBeNull()
  })

  test('agrees with the histogram’s own quantiles', () => {
    const entries = histogramOf(Array.from({ length: 500 }, (_, index) => 10 + index * 7))
    expect(percentilesOf(entries)).toEqual({
      p50: histogramQuantile(entries, 0.5),
      p75: histogramQuantile(entries, 0.75),
      p90: histogramQuantile(entries, 0.9),
      p99: histogramQuantile(entries, 0.99),
    })
  })

  test('stays within 2 % of the exact value', () => {
    const p90 = percentilesOf(histogramOf(Array.from({ length: 100 }, (_, index) => index + 1)))?.p90 ?? 0
    expect(Math.abs(p90 / 90 - 1)).toBeLessThanOrEqual(0.02)
  })
})

describe('toHealthView', () => {
  test('knows nothing of an endpoint nobody has called', () => {
    expect(toHealthView(NO_HEALTH_SUMS)).toEqual({
      uptime30m: null,
      latencyMsP50: null,
      tokensPerSecondP50: null,
      toolCallErrorRate: null,
      toolCallAttempts: 0,
      attempts30m: 0,
      status: 'unknown',
    })
  })

  test('judges by the last 30 minutes, not by the day', () => {
    const view = toHealthView({
      ...NO_HEALTH_SUMS,
      last30Minutes: { attempts: 40, ok: 20, countedErrors: 20 },
      lastDay: { attempts: 4000, ok: 3980, countedErrors: 20 },
    })
    expect(view).toMatchObject({ uptime30m: 0.5, attempts30m: 40, status: 'down' })
  })
})

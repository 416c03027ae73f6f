import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { byDay, type CandidateBucket, planRound, takeDays, toSlices } from './plan-search'

const HOUR_MS = 3_600_000

/** Hours that count down from a start, each as `[matchesAtMost, requests]`. */
function hoursOf(...hours: readonly (readonly [number, number])[]): CandidateBucket[] {
  return hours.map(([matchesAtMost, requests], index) => ({
    startMs: (100 - index) * HOUR_MS,
    matchesAtMost,
    requests,
  }))
}

const bucket = fc.record({
  startMs: fc.integer({ min: 0, max: 500 }).map((hour) => hour * HOUR_MS),
  matchesAtMost: fc.integer({ min: 1, max: 1000 }),
  requests: fc.integer({ min: 1, max: 20_000 }),
})
const distinctHours = fc
  .uniqueArray(bucket, { selector: (one) => one.startMs, minLength: 1, maxLength: 40 })
  .map((hours) => hours.sort((a, b) => b.startMs - a.startMs))

describe('planRound', () => {
  test.each<[string, CandidateBucket[], boolean, { refine: number; scan: number; rest: number }]>([
    [
      'a busy hour is read whole, and is enough',
      hoursOf([5000, 14_000], [5000, 14_000]),
      true,
      { refine: 0, scan: 1, rest: 1 },
    ],
    [
      'hours with few matches are narrowed to minutes',
      hoursOf([1, 14_000], [2, 14_000]),
      true,
      { refine: 2, scan: 0, rest: 0 },
    ],
    [
      'without minutes they are read whole, within the budget',
      hoursOf([1, 14_000], [1, 14_000], [1, 14_000]),
      false,
      { refine: 0, scan: 2, rest: 1 },
    ],
    [
      'one hour larger than the budget is read all the same',
      hoursOf([1, 90_000], [1, 14_000]),
      false,
      { refine: 0, scan: 1, rest: 1 },
    ],
    ['no hours', [], true, { refine: 0, scan: 0, rest: 0 }],
  ])('%s', (_case, hours, canRefine, expected) => {
    const round = planRound({ hours, wanted: 50, budget: 30_000, canRefine: () => canRefine })
    expect({
      refine: round.refine.length,
      scan: round.scan.length,
      rest: round.rest.length,
    }).toEqual(expected)
  })

  test('takes the newest hours first, loses none, and always moves on', () => {
    fc.assert(
      fc.property(
        distinctHours,
        fc.nat(200),
        fc.nat(60_000),
        fc.boolean(),
        (hours, wanted, budget, canRefine) => {
          const { refine, scan, rest } = planRound({ hours, wanted, budget, canRefine: () => canRefine })
          const taken = [...refine, ...scan].sort((a, b) => b.startMs - a.startMs)
          expect([...taken, ...rest]).toEqual(hours)
          expect(taken.length).toBeGreaterThan(0)
        },
      ),
    )
  })
})

describe('takeDays', () => {
  test('takes days until they may hold what is wanted', () => {
    const days = hoursOf([20, 1], [20, 1], [20, 1], [20, 1])
    expect(takeDays(days, 50).taken).toHaveLength(3)
    expect(takeDays(days, 0).taken).toHaveLength(1)
    expect(takeDays(days, 1000)).toMatchObject({ taken: days, rest: [] })
    expect(takeDays([], 50)).toEqual({ taken: [], rest: [] })
  })
})

describe('toSlices', () => {
  test('neighbours become one, and the ends are clipped', () => {
    const hours = [3, 5, 4, 8].map((hour) => ({ startMs: hour * HOUR_MS, lengthMs: HOUR_MS }))
    expect(toSlices(hours, { fromMs: 3.5 * HOUR_MS, toMs: 8.5 * HOUR_MS })).toEqual([
      { fromMs: 8 * HOUR_MS, toMs: 8.5 * HOUR_MS },
      { fromMs: 3.5 * HOUR_MS, toMs: 6 * HOUR_MS },
    ])
  })

  test('hold exactly the moments of the buckets inside the bounds, apart and newest first', () => {
    const lengths = fc.constantFrom(HOUR_MS, HOUR_MS / 60)
    const anyBucket = fc.record({
      startMs: fc.integer({ min: 0, max: 60 }).map((n) => (n * HOUR_MS) / 4),
      lengthMs: lengths,
    })
    const moment = fc.integer({ min: 0, max: 17 * HOUR_MS })
    fc.assert(
      fc.property(fc.array(anyBucket), moment, moment, fc.array(moment), (buckets, a, b, moments) => {
        const bounds = { fromMs: Math.min(a, b), toMs: Math.max(a, b) }
        const slices = toSlices(buckets, bounds)
        for (const [index, slice] of slices.entries()) {
          expect(slice.fromMs).toBeLessThan(slice.toMs)
          if (index > 0) expect(slice.toMs).toBeLessThan(slices[index - 1]?.fromMs ?? 0)
        }
        for (const at of moments) {
          const isWanted =
            at >= bounds.fromMs &&
            at < bounds.toMs &&
            buckets.some(({ startMs, lengthMs }) => at >= startMs && at < startMs + lengthMs)
          expect(slices.some(({ fromMs, toMs }) => at >= fromMs && at < toMs)).toBe(isWanted)
        }
      }),
    )
  })
})

test('byDay cuts slices at midnight and keeps their order', () => {
  const day = 24 * HOUR_MS
  expect(
    byDay([
      { fromMs: 2.5 * day, toMs: 2.75 * day },
      { fromMs: 0.5 * day, toMs: 2.25 * day },
      { fromMs: 0.1 * day, toMs: 0.2 * day },
    ]),
  ).toEqual([
    [
      { fromMs: 2.5 * day, toMs: 2.75 * day },
      { fromMs: 2 * day, toMs: 2.25 * day },
    ],
    [{ fromMs: day, toMs: 2 * day }],
    [
      { fromMs: 0.5 * day, toMs: day },
      { fromMs: 0.1 * day, toMs: 0.2 * day },
    ],
  ])
  expect(byDay([{ fromMs: 0, toMs: day }])).toEqual([[{ fromMs: 0, toMs: day }]])
  expect(byDay([])).toEqual([])
})

import { expect, test } from 'vitest'
import { GRANULARITY_MS } from '../time/time-buckets'
import { type Clocks, type FactDay, planRetention } from './plan-retention'

const DAY_MS = GRANULARITY_MS.day
const TODAY_MS = Date.UTC(2026, 11, 1)
const NOON_MS = TODAY_MS + DAY_MS / 2

const right: Clocks = { processMs: NOON_MS, databaseMs: NOON_MS, newestFactMs: NOON_MS }
const ahead = (days: number): Clocks => ({
  processMs: NOON_MS + days * DAY_MS,
  databaseMs: NOON_MS + days * DAY_MS,
  newestFactMs: NOON_MS + days * DAY_MS,
})

/** Live traffic of the last `count` days: each was written when it was today. */
function daysOf(count: number): FactDay[] {
  return Array.from({ length: count }, (_, ago) => ({
    dayMs: TODAY_MS - ago * DAY_MS,
    createdAtMs: TODAY_MS - ago * DAY_MS,
    hasFacts: true,
  }))
}

const ages = (days: readonly FactDay[]) => days.map(({ dayMs }) => (TODAY_MS - dayMs) / DAY_MS)

test.each<[string, Clocks, FactDay[], number, { drop: number[]; held: number }]>([
  ['nothing within thirty days', right, daysOf(31), 0, { drop: [], held: 0 }],
  ['the day that ended its time', right, daysOf(32), 0, { drop: [31], held: 0 }],
  ['two after a missed day, oldest first', right, daysOf(33), 0, { drop: [32, 31], held: 0 }],
  ['none of three, at first', right, daysOf(34), 0, { drop: [], held: 3 }],
  ['all of three, after a day', right, daysOf(34), DAY_MS, { drop: [33, 32, 31], held: 0 }],
  ['none with all clocks 40 days ahead', ahead(40), daysOf(31), 0, { drop: [], held: 31 }],
  [
    'none with the process ahead of its database',
    { ...right, processMs: NOON_MS + 40 * DAY_MS },
    daysOf(31),
    DAY_MS,
    { drop: [], held: 0 },
  ],
  [
    'none with both ahead of the newest fact',
    { ...ahead(40), newestFactMs: NOON_MS },
    daysOf(31),
    DAY_MS,
    { drop: [], held: 0 },
  ],
  [
    'imported history for as long as live traffic',
    right,
    [{ dayMs: TODAY_MS - 200 * DAY_MS, createdAtMs: NOON_MS, hasFacts: true }],
    0,
    { drop: [], held: 0 },
  ],
  [
    'any number of days in which nothing was recorded',
    right,
    daysOf(60).map((day) => ({ ...day, hasFacts: false })),
    0,
    { drop: Array.from({ length: 29 }, (_, index) => 59 - index), held: 0 },
  ],
])('drops %s', (_, clocks, days, waitedMs, expected) => {
  const plan = planRetention({ clocks, days, waitedMs })
  expect(ages(plan.drop)).toEqual(expected.drop)
  expect(plan.held).toHaveLength(expected.held)
})

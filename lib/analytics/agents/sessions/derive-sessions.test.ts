import fc from 'fast-check'
import { expect, test } from 'vitest'
import { histogramBin } from '../../../recorder/histogram'
import { UNKNOWN_COST_BIN } from '../../../recorder/session-sql'
import { TURN_RANGES, turnRangeIndex } from '../../../records/session-turns'
import { deriveSessions, type SessionBin } from './derive-sessions'

/** Sessions as they are stored: turns and cost in micro-USD, null = not fully known. */
function toBins(sessions: readonly { turns: number; costMicroUsd: number | null }[]): SessionBin[] {
  return sessions.map(({ turns, costMicroUsd }) => ({
    turnRange: turnRangeIndex(turns),
    costBin: costMicroUsd === null ? UNKNOWN_COST_BIN : histogramBin(costMicroUsd),
    sessions: 1,
  }))
}

test('every class of turns has its median, and sessions of unknown cost are only counted', () => {
  const { rows, totals } = deriveSessions(
    toBins([
      { turns: 1, costMicroUsd: 1_000 },
      { turns: 4, costMicroUsd: 20_000 },
      { turns: 9, costMicroUsd: 40_000 },
      { turns: 2, costMicroUsd: 1_000_000 },
      { turns: 5, costMicroUsd: null },
      { turns: 80, costMicroUsd: null },
    ]),
  )
  expect(rows.map(({ turns, sessions, costKnown }) => [turns, sessions, costKnown])).toEqual([
    ['1', 1, 1],
    ['2–9', 4, 3],
    ['10–49', 0, 0],
    ['50+', 1, 0],
  ])
  expect(rows[1]?.medianCostUsd).toBeCloseTo(0.04, 2)
  expect(rows[3]).toMatchObject({ medianCostUsd: null, costUsdP25: null, costUsdP75: null })
  expect(totals).toEqual({ sessions: 6, costKnown: 4 })
})

test('a session that cost nothing costs zero, not a fraction of a micro-dollar', () => {
  const { rows } = deriveSessions(toBins([{ turns: 1, costMicroUsd: 0 }]))
  expect(rows[0]).toMatchObject({ costKnown: 1, medianCostUsd: 0 })
})

test('bins of several days add up', () => {
  const bin = { turnRange: 0, costBin: histogramBin(500), sessions: 3 }
  expect(deriveSessions([bin, { ...bin, sessions: 4 }]).rows[0]).toMatchObject({ sessions: 7, costKnown: 7 })
})

test('the median is within 2 % of the exact one', () => {
  const costs = fc.array(fc.integer({ min: 1, max: 50_000_000 }), { minLength: 1, maxLength: 60 })
  fc.assert(
    fc.property(costs, (microUsd) => {
      const { rows } = deriveSessions(toBins(microUsd.map((costMicroUsd) => ({ turns: 12, costMicroUsd }))))
      const sorted = [...microUsd].sort((left, right) => left - right)
      const exact = (sorted[Math.ceil(sorted.length / 2) - 1] ?? 0) / 1_000_000
      const median = rows[TURN_RANGES.indexOf('10–49')]?.medianCostUsd ?? 0
      expect(Math.abs(median / exact - 1)).toBeLessThanOrEqual(0.02)
    }),
  )
})

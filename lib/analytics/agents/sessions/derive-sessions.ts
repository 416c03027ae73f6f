import { histogramEntries, histogramQuantile } from '../../../recorder/histogram'
import { UNKNOWN_COST_BIN } from '../../../recorder/session-sql'
import { TURN_RANGES } from '../../../records/session-turns'
import type { SessionsAnswer, SessionsRow } from './schema'

/** Sessions of one class of turns (position in TURN_RANGES) and histogram bin of their cost in micro-USD. */
export type SessionBin = { turnRange: number; costBin: number; sessions: number }

/**
 * Sessions and their median cost by turns. Sessions whose cost is not fully known are counted and left out of the
 * costs. Source of the definition: design.md §5, cost per session.
 */
export function deriveSessions(bins: readonly SessionBin[]): Pick<SessionsAnswer, 'rows' | 'totals'> {
  const rows = TURN_RANGES.map((turns, index): SessionsRow => {
    const own = bins.filter(({ turnRange }) => turnRange === index)
    const known = own.filter(({ costBin }) => costBin !== UNKNOWN_COST_BIN)
    const entries = histogramEntries(countByBin(known))
    return {
      turns,
      sessions: count(own),
      costKnown: count(known),
      medianCostUsd: costUsd(entries, 0.5),
      costUsdP25: costUsd(entries, 0.25),
      costUsdP75: costUsd(entries, 0.75),
    }
  })
  const total = (value: (row: SessionsRow) => number) => rows.reduce((sum, row) => sum + value(row), 0)
  return {
    rows,
    totals: { sessions: total((row) => row.sessions), costKnown: total((row) => row.costKnown) },
  }
}

function countByBin(bins: readonly SessionBin[]): Map<number, number> {
  const counts = new Map<number, number>()
  for (const { costBin, sessions } of bins) counts.set(costBin, (counts.get(costBin) ?? 0) + sessions)
  return counts
}

function count(bins: readonly SessionBin[]): number {
  return bins.reduce((sum, { sessions }) => sum + sessions, 0)
}

/** Costs are whole micro-USD, so a value below one stands for nothing at all. */
function costUsd(entries: readonly number[], fraction: number): number | null {
  const microUsd = histogramQuantile(entries, fraction)
  if (microUsd === null) return null
  return microUsd < 1 ? 0 : microUsd / 1_000_000
}

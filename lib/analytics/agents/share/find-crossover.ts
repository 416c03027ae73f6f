import { floorToBucket, GRANULARITY_MS } from '../../../time/time-buckets'

/** Tokens of a UTC day, by who drove the requests; `dayMs` is its start. Days without traffic may be left out. */
export type DayTokens = { dayMs: number; agenticTokens: number; humanTokens: number }

const DAY_MS = GRANULARITY_MS.day
const TRAILING_DAYS = 7

/**
 * The first day (start, epoch ms) from which agentic tokens exceed human tokens in the trailing 7 days, on every day
 * up to `toMs`: the start of the run that still holds there. Null when agents are not ahead at the end. Equal sums are
 * no excess, and neither is a week without traffic. Days that have not begun by `nowMs` are looked at only up to the
 * newest one with traffic. Source of the definition: design.md §5, crossover.
 */
export function findCrossover({
  days,
  toMs,
  nowMs,
}: {
  days: readonly DayTokens[]
  toMs: number
  nowMs: number
}): number | null {
  const excessByDay = new Map<number, number>()
  let oldest = Number.POSITIVE_INFINITY
  let newest = Number.NEGATIVE_INFINITY
  for (const { dayMs, agenticTokens, humanTokens } of days) {
    if (dayMs >= toMs) continue
    excessByDay.set(dayMs, (excessByDay.get(dayMs) ?? 0) + agenticTokens - humanTokens)
    oldest = Math.min(oldest, dayMs)
    newest = Math.max(newest, dayMs)
  }
  const lastDay = floorToBucket(Math.min(toMs - 1, Math.max(nowMs, newest)), 'day')
  let trailing = 0
  let start: number | null = null
  for (let day = oldest; day <= lastDay; day += DAY_MS) {
    trailing += (excessByDay.get(day) ?? 0) - (excessByDay.get(day - TRAILING_DAYS * DAY_MS) ?? 0)
    start = trailing > 0 ? (start ?? day) : null
  }
  return start
}

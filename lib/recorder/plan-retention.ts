import { RETENTION_DAYS } from '../time/horizons'
import { floorToBucket, GRANULARITY_MS } from '../time/time-buckets'

/** Days with facts that may go in one run: a day ends once a day, and one run may have been missed. */
const MAX_DAYS_AT_ONCE = 2
/** How long more than that stays past its time, of time in which the server ran (a day). */
const HOLD_MS = GRANULARITY_MS.day

/** What is known of the time beside the process's own clock. All are epoch milliseconds. */
export type Clocks = {
  processMs: number
  databaseMs: number
  /** Start of the newest request that is recorded; null when there is none. */
  newestFactMs: number | null
}

/** A day whose facts are there, by its start, and when its first record came (epoch milliseconds). */
export type FactDay = { dayMs: number; createdAtMs: number; hasFacts: boolean }

export type RetentionPlan = {
  /** The moment that everything's age is counted from. */
  referenceMs: number
  /** Days to drop now, oldest first. */
  drop: FactDay[]
  /** Days past their time that stay, since too many would go at once; nothing else is deleted meanwhile. */
  held: FactDay[]
}

/**
 * Which days' facts go. No clock is believed alone: the age of everything counts from the earliest of the process's clock,
 * the database's, and the newest fact's. When more than two days with facts would go at once, they are held
 * until the server has seen that for a day (`waitedMs`): one start with a clock that is ahead deletes nothing. A day
 * counts from when it was first written as well as from its date, so that imported history is kept as long.
 */
export function planRetention({
  clocks,
  days,
  waitedMs,
}: {
  clocks: Clocks
  days: readonly FactDay[]
  waitedMs: number
}): RetentionPlan {
  const { processMs, databaseMs, newestFactMs } = clocks
  const referenceMs = Math.min(processMs, databaseMs, newestFactMs ?? Number.POSITIVE_INFINITY)
  const oldestMs = floorToBucket(referenceMs, 'day') - RETENTION_DAYS.facts * GRANULARITY_MS.day
  const expired = days
    .filter(({ dayMs, createdAtMs }) => dayMs < oldestMs && createdAtMs < oldestMs)
    .sort((a, b) => a.dayMs - b.dayMs)
  const isTooMuch = expired.filter(({ hasFacts }) => hasFacts).length > MAX_DAYS_AT_ONCE
  return isTooMuch && waitedMs < HOLD_MS
    ? { referenceMs, drop: [], held: expired }
    : { referenceMs, drop: expired, held: [] }
}

import { floorToBucket, GRANULARITY_MS } from '../../time/time-buckets'
import type { TimeWindow } from '../../time/window'

/** A bucket of which the rollups say that it may hold matching requests. */
export type CandidateBucket = {
  startMs: number
  /** Upper bound of the matching requests in it; more than zero. */
  matchesAtMost: number
  /** All requests in it, matching or not. */
  requests: number
}

/** What to do next: minutes to ask the rollups for, hours to read whole, and what stays for later. */
export type SearchRound = {
  /** Hours of which the minutes are worth asking for, newest first. */
  refine: CandidateBucket[]
  /** Hours whose facts are read whole, newest first. */
  scan: CandidateBucket[]
  rest: CandidateBucket[]
  /** Facts that will be looked at, about. */
  facts: number
}

/** Minutes are asked for while they leave out at least so much of an hour. */
const WORTH_ASKING = 0.5
const MINUTES_AN_HOUR = GRANULARITY_MS.hour / GRANULARITY_MS.minute

/**
 * The next hours to look into, newest first: enough for `wanted` requests by the upper bounds, and no more facts than
 * `budget`, but always at least one hour, so that a search goes on. `hours` are newest first.
 */
export function planRound({
  hours,
  wanted,
  budget,
  canRefine,
}: {
  hours: readonly CandidateBucket[]
  wanted: number
  budget: number
  canRefine: (hour: CandidateBucket) => boolean
}): SearchRound {
  const round: SearchRound = { refine: [], scan: [], rest: [], facts: 0 }
  let expected = 0
  let taken = 0
  for (const hour of hours) {
    const share = canRefine(hour) ? shareOfMinutes(hour) : 1
    const facts = Math.ceil(hour.requests * share)
    if (taken > 0 && (expected >= wanted || round.facts + facts > budget)) break
    if (share < WORTH_ASKING) round.refine.push(hour)
    else round.scan.push(hour)
    round.facts += share < WORTH_ASKING ? facts : hour.requests
    expected += hour.matchesAtMost
    taken += 1
  }
  round.rest = hours.slice(taken)
  return round
}

/** Of the minutes of an hour, at most this share holds a match. */
function shareOfMinutes({ matchesAtMost }: CandidateBucket): number {
  return Math.min(1, matchesAtMost / MINUTES_AN_HOUR)
}

/** The first days, newest first, that may together hold `wanted` requests; at least one while there are any. */
export function takeDays(
  days: readonly CandidateBucket[],
  wanted: number,
): { taken: CandidateBucket[]; rest: CandidateBucket[] } {
  let expected = 0
  let count = 0
  for (const day of days) {
    if (count > 0 && expected >= wanted) break
    expected += day.matchesAtMost
    count += 1
  }
  return { taken: days.slice(0, count), rest: days.slice(count) }
}

/** Buckets as the fewest windows that cover them, clipped to `bounds`, newest first; buckets may come in any order. */
export function toSlices(
  buckets: readonly { startMs: number; lengthMs: number }[],
  bounds: TimeWindow,
): TimeWindow[] {
  const slices: TimeWindow[] = []
  const windows = buckets.map(({ startMs, lengthMs }) => ({ fromMs: startMs, toMs: startMs + lengthMs }))
  for (const bucket of windows.sort((a, b) => b.toMs - a.toMs)) {
    const fromMs = Math.max(bucket.fromMs, bounds.fromMs)
    const toMs = Math.min(bucket.toMs, bounds.toMs)
    if (fromMs >= toMs) continue
    const last = slices.at(-1)
    if (last && toMs >= last.fromMs) last.fromMs = Math.min(last.fromMs, fromMs)
    else slices.push({ fromMs, toMs })
  }
  return slices
}

/** Slices cut at midnight UTC and put together by day; days and slices stay newest first. */
export function byDay(slices: readonly TimeWindow[]): TimeWindow[][] {
  const days = new Map<number, TimeWindow[]>()
  for (const { fromMs, toMs } of slices) {
    for (
      let dayMs = floorToBucket(toMs - 1, 'day');
      dayMs + GRANULARITY_MS.day > fromMs;
      dayMs -= GRANULARITY_MS.day
    ) {
      const part = { fromMs: Math.max(fromMs, dayMs), toMs: Math.min(toMs, dayMs + GRANULARITY_MS.day) }
      days.set(dayMs, [...(days.get(dayMs) ?? []), part])
    }
  }
  return [...days.values()]
}

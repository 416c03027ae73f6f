import { horizonsAt } from '../../time/horizons'
import { ceilToBucket, floorToBucket, GRANULARITY_MS, type Granularity } from '../../time/time-buckets'
import type { TimeWindow } from '../../time/window'
import type { LogPosition } from './cursor'
import { type Evidence, evidenceOf, isTellingByMinute, type LogConditions } from './evidence'
import { type CandidateBucket, planRound, takeDays, toSlices } from './plan-search'
import { readCandidates } from './read-candidates.server'
import { type RequestKey, scanFacts } from './scan-facts.server'

/** Facts that one search looks at before it answers with what it has. */
const MOST_FACTS = 25_000

/** What a search found, newest first, and where the next one goes on; null = the window was searched to its start. */
export type SearchResult = { keys: RequestKey[]; next: LogPosition | null }

/**
 * The newest `limit` requests of a window that fit, after a position where one is given. Days, hours and minutes in
 * which the rollups know of no match are skipped, and after a bounded number of facts the search stops short: `next`
 * then lies where it stopped, whether or not it found anything.
 */
export async function searchFacts({
  window,
  conditions,
  after,
  limit,
  nowMs,
  mostFacts = MOST_FACTS,
}: {
  window: TimeWindow
  conditions: LogConditions
  after: LogPosition | null
  limit: number
  nowMs: number
  mostFacts?: number
}): Promise<SearchResult> {
  const bounds = boundsOf(window, after)
  const scan = (slices: readonly TimeWindow[], count: number) =>
    scanFacts({ slices, conditions, after, limit: count })
  if (bounds.fromMs >= bounds.toMs) return { keys: [], next: null }
  const evidence = evidenceOf(conditions)
  if (evidence.length === 0) return toResult(await scan([bounds], limit), limit)

  const keys: RequestKey[] = []
  let budget = mostFacts
  let days = await readCandidates({ granularity: 'day', windows: [widen(bounds, 'day')], evidence })
  while (days.length > 0) {
    const { taken, rest } = takeDays(days, limit - keys.length)
    days = rest
    let hours = await readCandidates({
      granularity: 'hour',
      windows: toSlices(taken.map(asDay), widen(bounds, 'hour')),
      evidence,
    })
    while (hours.length > 0) {
      if (budget <= 0) return { keys, next: { startedAtMs: endOf(hours, 'hour'), id: null } }
      const round = planRound({
        hours,
        wanted: limit - keys.length,
        budget,
        canRefine: refiner(evidence, nowMs),
      })
      const minutes = await readMinutes(round.refine, evidence)
      const slices = toSlices([...round.scan.map(asHour), ...minutes.map(asMinute)], bounds)
      keys.push(...(await scan(slices, limit - keys.length)))
      if (keys.length >= limit) return toResult(keys, limit)
      budget -= Math.max(1, round.facts)
      hours = round.rest
    }
    if (budget <= 0 && days.length > 0) return { keys, next: { startedAtMs: endOf(days, 'day'), id: null } }
  }
  return { keys, next: null }
}

function boundsOf({ fromMs, toMs }: TimeWindow, after: LogPosition | null): TimeWindow {
  // The position's own millisecond may hold more requests.
  return {
    fromMs,
    toMs: after === null ? toMs : Math.min(toMs, after.startedAtMs + (after.id === null ? 0 : 1)),
  }
}

function widen({ fromMs, toMs }: TimeWindow, granularity: Granularity): TimeWindow {
  return { fromMs: floorToBucket(fromMs, granularity), toMs: ceilToBucket(toMs, granularity) }
}

/** End of the newest of some buckets: nothing at or after it is left to search. */
function endOf(buckets: readonly CandidateBucket[], granularity: Granularity): number {
  return (buckets[0]?.startMs ?? 0) + GRANULARITY_MS[granularity]
}

function toResult(keys: RequestKey[], limit: number): SearchResult {
  return { keys, next: keys.length < limit ? null : (keys.at(-1) ?? null) }
}

function readMinutes(hours: readonly CandidateBucket[], evidence: readonly Evidence[]) {
  return readCandidates({
    granularity: 'minute',
    windows: toSlices(hours.map(asHour), EVER),
    evidence: evidence.filter(isTellingByMinute),
  })
}

/** Minutes are asked for where they are kept and something is known by the minute. */
function refiner(evidence: readonly Evidence[], nowMs: number): (hour: CandidateBucket) => boolean {
  const { minuteFromMs } = horizonsAt(nowMs)
  const isTelling = evidence.some(isTellingByMinute)
  return (hour) => isTelling && hour.startMs >= minuteFromMs
}

const EVER: TimeWindow = { fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY }
const asDay = ({ startMs }: CandidateBucket) => ({ startMs, lengthMs: GRANULARITY_MS.day })
const asHour = ({ startMs }: CandidateBucket) => ({ startMs, lengthMs: GRANULARITY_MS.hour })
const asMinute = ({ startMs }: CandidateBucket) => ({ startMs, lengthMs: GRANULARITY_MS.minute })

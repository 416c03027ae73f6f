import { formatClock, formatDay } from '../platform/format'
import { finestGranularity, horizonsAt } from '../time/horizons'
import { GRANULARITY_MS, type Granularity } from '../time/time-buckets'
import type { TimeWindow } from '../time/window'

const HOUR_MS = GRANULARITY_MS.hour
const DAY_MS = GRANULARITY_MS.day

/** Widest window still drawn in minutes, and in hours: about 180 columns are all a screen can show. */
const LONGEST_MINUTE_WINDOW_MS = 3 * HOUR_MS
const LONGEST_HOUR_WINDOW_MS = 7 * DAY_MS

/** Distances between ticks that fall on times people know. */
const TICK_STEPS_MS = [
  5 * 60_000,
  15 * 60_000,
  30 * 60_000,
  HOUR_MS,
  3 * HOUR_MS,
  6 * HOUR_MS,
  12 * HOUR_MS,
  DAY_MS,
  2 * DAY_MS,
  7 * DAY_MS,
  14 * DAY_MS,
  28 * DAY_MS,
] as const

const LONGEST_TICK_STEP_MS = 91 * DAY_MS

/** Column `[startMs, endMs)` of a chart; `isPartial` while it is still filling or cut by the window's edge. */
export type Bucket = { startMs: number; endMs: number; isPartial: boolean }

/** The finest columns that a chart of the window can show and that are still kept for its beginning. */
export function granularityForWindow(window: TimeWindow, nowMs: number): Granularity {
  const readable = readableGranularity(window.toMs - window.fromMs)
  const kept = finestGranularity(window.fromMs, horizonsAt(nowMs))
  return GRANULARITY_MS[kept] > GRANULARITY_MS[readable] ? kept : readable
}

function readableGranularity(lengthMs: number): Granularity {
  if (lengthMs <= LONGEST_MINUTE_WINDOW_MS) return 'minute'
  return lengthMs <= LONGEST_HOUR_WINDOW_MS ? 'hour' : 'day'
}

/** Every column the window touches, also those without traffic; columns that lie in the future are left out. */
export function listBuckets(window: TimeWindow, granularity: Granularity, nowMs: number): Bucket[] {
  const width = GRANULARITY_MS[granularity]
  const buckets: Bucket[] = []
  const endOfData = Math.min(window.toMs, nowMs)
  for (let start = Math.floor(window.fromMs / width) * width; start < endOfData; start += width) {
    const end = start + width
    buckets.push({
      startMs: start,
      endMs: end,
      isPartial: start < window.fromMs || end > window.toMs || end > nowMs,
    })
  }
  return buckets
}

/** Starts of the columns that carry a label: at most `maxTicks`, on round UTC times. */
export function listTicks(buckets: readonly Bucket[], maxTicks: number): number[] {
  const first = buckets[0]
  const last = buckets.at(-1)
  if (first === undefined || last === undefined) return []
  const span = last.endMs - first.startMs
  const step = TICK_STEPS_MS.find((candidate) => span / candidate <= maxTicks) ?? LONGEST_TICK_STEP_MS
  return buckets.filter((bucket) => isOnStep(bucket.startMs, step, last)).map((bucket) => bucket.startMs)
}

/** Label of a tick: the day at midnight UTC, the time of day otherwise. */
export function formatTick(startMs: number): string {
  return startMs % DAY_MS === 0 ? formatDay(startMs) : formatClock(startMs)
}

/** Steps of several days count back from the newest day, so that the end of the axis is always labelled. */
function isOnStep(startMs: number, stepMs: number, last: Bucket): boolean {
  if (stepMs <= DAY_MS) return startMs % stepMs === 0
  return (last.startMs - startMs) % stepMs === 0
}

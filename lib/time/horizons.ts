import { floorToBucket, GRANULARITY_MS, type Granularity } from './time-buckets'

/** How long each grain is kept, in days; days are kept for ever. Source: design.md §4. */
export const RETENTION_DAYS = { facts: 30, minute: 7, hour: 400 } as const

/**
 * From when on minute and hour rollups exist, both at the start of a UTC day. Older records are summed by the next
 * coarser grain, and readers ask for nothing finer there.
 */
export type Horizons = { minuteFromMs: number; hourFromMs: number }

/** The horizons as of a moment (epoch ms); they move at midnight UTC. */
export function horizonsAt(nowMs: number): Horizons {
  const today = floorToBucket(nowMs, 'day')
  return {
    minuteFromMs: today - RETENTION_DAYS.minute * GRANULARITY_MS.day,
    hourFromMs: today - RETENTION_DAYS.hour * GRANULARITY_MS.day,
  }
}

/** The finest grain kept for a moment. */
export function finestGranularity(timeMs: number, horizons: Horizons): Granularity {
  if (timeMs >= horizons.minuteFromMs) return 'minute'
  return timeMs >= horizons.hourFromMs ? 'hour' : 'day'
}

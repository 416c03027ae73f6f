import { floorToBucket, GRANULARITY_MS } from '../time/time-buckets'
import type { LiveMinute } from './schema'

/** How many minutes a live chart shows, the one that is filling included. */
export const HOUR_MINUTES = 60

/**
 * The minutes of the last hour that had an attempt, oldest first: what was fetched, and over it what the stream has told
 * since. Of two readings of one minute the one with more attempts is the newer, because attempts are never taken back.
 */
export function lastHour({
  fetched,
  live,
  nowMs,
}: {
  fetched: readonly LiveMinute[]
  live: readonly LiveMinute[]
  nowMs: number
}): { from: string; to: string; granularity: 'minute'; points: LiveMinute[] } {
  const toMs = floorToBucket(nowMs, 'minute') + GRANULARITY_MS.minute
  const fromMs = toMs - HOUR_MINUTES * GRANULARITY_MS.minute
  const byStart = new Map<number, LiveMinute>()
  for (const minute of [...fetched, ...live]) {
    const startMs = Date.parse(minute.start)
    if (startMs < fromMs || startMs >= toMs) continue
    const known = byStart.get(startMs)
    if (known === undefined || minute.attempts >= known.attempts) byStart.set(startMs, minute)
  }
  const points = [...byStart].sort(([left], [right]) => left - right).map(([, minute]) => minute)
  return {
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
    granularity: 'minute',
    points,
  }
}

import { isCountedError } from '../records/error-class'
import { ERROR_CLASSES } from '../records/vocabulary'
import { floorToBucket, GRANULARITY_MS } from '../time/time-buckets'
import type { LiveMinute } from './schema'

const RECENT_MINUTES = 5

/** Attempts of the last five minutes, the one that is filling at `atMs` included; `errors` are those uptime counts. */
export function recentErrors({ minutes, atMs }: { minutes: readonly LiveMinute[]; atMs: number }): {
  attempts: number
  errors: number
  rateLimited: number
} {
  const fromMs = floorToBucket(atMs, 'minute') - (RECENT_MINUTES - 1) * GRANULARITY_MS.minute
  const sums = { attempts: 0, errors: 0, rateLimited: 0 }
  for (const { start, attempts, errorsByClass } of minutes) {
    if (Date.parse(start) < fromMs) continue
    sums.attempts += attempts
    sums.rateLimited += errorsByClass.rate_limited ?? 0
    for (const name of ERROR_CLASSES) if (isCountedError(name)) sums.errors += errorsByClass[name] ?? 0
  }
  return sums
}

import type { LiveMinute } from '../live/schema'
import { floorToBucket, GRANULARITY_MS } from '../time/time-buckets'
import { ERROR_PARTS } from './error-parts'
import { preparePoints } from './prepare-points'
import type { PreparedChart } from './prepare-series'

const WINDOW_MS = 30 * GRANULARITY_MS.minute

/**
 * Failed attempts by error class in each of the last 30 minutes; a minute without attempts is a gap, classes without an
 * error are left out.
 */
export function prepareErrors({
  minutes,
  nowMs,
}: {
  minutes: readonly LiveMinute[]
  nowMs: number
}): PreparedChart {
  const toMs = floorToBucket(nowMs, 'minute') + GRANULARITY_MS.minute
  return preparePoints({
    answer: {
      from: new Date(toMs - WINDOW_MS).toISOString(),
      to: new Date(toMs).toISOString(),
      granularity: 'minute',
      points: minutes,
    },
    parts: ERROR_PARTS,
    isAdditive: true,
    nowMs,
  })
}

import { AppError } from '../platform/errors'
import { GRANULARITIES, type Granularity } from '../platform/time-buckets'
import type { Horizons } from '../recorder/horizons'
import { bucketCount } from './cover'
import type { TimeWindow } from './window'

/** A week of minutes and a little more; beyond it nobody reads a chart and the answer only gets slow. */
const MAX_BUCKETS = 11_000

/**
 * Throws `bad_request` when an aligned window reaches back further than buckets of this width are kept, or has more than
 * 11,000 of them; the message says which coarser width to use.
 */
export function checkGranularity({
  granularity,
  window,
  horizons,
}: {
  granularity: Granularity
  window: TimeWindow
  horizons: Horizons
}): void {
  const keptFromMs = { minute: horizons.minuteFromMs, hour: horizons.hourFromMs, day: null }[granularity]
  if (keptFromMs !== null && window.fromMs < keptFromMs) {
    fail(granularity, `${granularity} rollups are kept from ${new Date(keptFromMs).toISOString()} on.`)
  }
  const buckets = bucketCount(window, granularity)
  if (buckets > MAX_BUCKETS) {
    fail(
      granularity,
      `This window has ${buckets} buckets of one ${granularity}; at most ${MAX_BUCKETS} are answered.`,
    )
  }
}

function fail(granularity: Granularity, message: string): never {
  const coarser = GRANULARITIES[GRANULARITIES.indexOf(granularity) + 1]
  const hint = coarser ? ` Use granularity=${coarser}.` : ''
  throw new AppError('bad_request', `${message}${hint}`, { details: [{ path: 'granularity', message }] })
}

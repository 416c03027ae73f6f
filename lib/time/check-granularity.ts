import { AppError, type FieldError } from '../platform/errors'
import { bucketCount } from './cover'
import type { Horizons } from './horizons'
import { GRANULARITIES, type Granularity } from './time-buckets'
import type { TimeWindow } from './window'

/** A week by the minute of the twenty series that are answered when nobody says how many, or 90 days by the hour of all. */
export const MAX_POINTS = 250_000

type Wanted = {
  granularity: Granularity
  /** Aligned. */
  window: TimeWindow
  horizons: Horizons
  /** Series that the answer may have. */
  seriesCount: number
  /** The reader's `limit`, where that decides on the number of series: each more is one series more. */
  limit?: number
}

/**
 * Throws `bad_request` when a window reaches back further than buckets of this width are kept, or when the answer may
 * have more than 250,000 points: buckets × series, whether or not there is traffic in them. Days have nothing coarser to
 * use instead and are few, so their series do not count. The message says what is allowed and what to use instead.
 */
export function checkGranularity(wanted: Wanted): void {
  const { granularity, window, horizons } = wanted
  const keptFromMs = { minute: horizons.minuteFromMs, hour: horizons.hourFromMs, day: null }[granularity]
  if (keptFromMs !== null && window.fromMs < keptFromMs) {
    const message = `${granularity} rollups are kept from ${new Date(keptFromMs).toISOString()} on.`
    fail(message, [`granularity=${coarserThan(granularity)}`], ['granularity'])
  }
  checkPoints(wanted)
}

function checkPoints({ granularity, window, seriesCount, limit }: Wanted): void {
  const buckets = bucketCount(window, granularity)
  const series = granularity === 'day' ? 1 : seriesCount
  if (buckets * series <= MAX_POINTS) return
  const mostBuckets = Math.floor(MAX_POINTS / series)
  const mostSeries = Math.floor(MAX_POINTS / buckets)
  const lessLimit = limit === undefined || granularity === 'day' ? 0 : limit - (series - mostSeries)
  const coarser = coarserThan(granularity)
  fail(
    `This window has ${buckets} buckets of one ${granularity}, with ${series} series ${buckets * series} points; at most ${MAX_POINTS} are answered.`,
    [
      ...(coarser === undefined ? [] : [`granularity=${coarser}`]),
      `a window of ${mostBuckets} ${granularity}s or less`,
      ...(lessLimit >= 1 ? [`limit=${lessLimit}`] : []),
    ],
    lessLimit >= 1 ? ['granularity', 'limit'] : ['granularity'],
  )
}

function coarserThan(granularity: Granularity): Granularity | undefined {
  return GRANULARITIES[GRANULARITIES.indexOf(granularity) + 1]
}

function fail(message: string, instead: readonly string[], paths: readonly string[]): never {
  const details: FieldError[] = paths.map((path) => ({ path, message }))
  throw new AppError('bad_request', `${paths.join(', ')}: ${message} Use ${instead.join(', or ')}.`, {
    details,
  })
}

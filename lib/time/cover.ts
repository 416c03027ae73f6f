import { finestGranularity, type Horizons } from './horizons'
import {
  ceilToBucket,
  floorToBucket,
  GRANULARITIES,
  GRANULARITY_MS,
  type Granularity,
  type RollupGrain,
} from './time-buckets'
import type { TimeWindow } from './window'

/** Part of a window read from one grain of rollups; edges lie on that grain's buckets. */
export type Segment<Grain = Granularity> = TimeWindow & { granularity: Grain }

/**
 * Widens a window outward to the finest grain that is kept at each of its ends; for rollups that begin at a coarser
 * grain, `finest` is that one.
 */
export function alignWindow(
  { fromMs, toMs }: TimeWindow,
  horizons: Horizons,
  finest: Granularity = 'minute',
): TimeWindow {
  return {
    fromMs: floorToBucket(fromMs, coarserOf(finest, finestGranularity(fromMs, horizons))),
    toMs: ceilToBucket(toMs, coarserOf(finest, finestGranularity(toMs - 1, horizons))),
  }
}

function coarserOf(a: Granularity, b: Granularity): Granularity {
  return GRANULARITIES.indexOf(a) > GRANULARITIES.indexOf(b) ? a : b
}

/**
 * The fewest whole rollup buckets that make up an aligned window exactly: days in the middle, hours and minutes at the
 * ends. `coarsest` keeps a series readable bucket by bucket. Segments are in order of time and never overlap.
 */
export function coverWindow(window: TimeWindow, coarsest: Granularity = 'day'): Segment[] {
  const finer = GRANULARITIES[GRANULARITIES.indexOf(coarsest) - 1]
  if (window.fromMs >= window.toMs) return []
  if (!finer) return [{ ...window, granularity: coarsest }]
  return coverAround(window, coarsest, (end) => coverWindow(end, finer))
}

/** As `coverWindow`, with weeks in the middle of the days, for rollups that are kept by week. */
export function coverWithWeeks(window: TimeWindow): Segment<RollupGrain>[] {
  return coverAround<RollupGrain>(window, 'week', coverWindow)
}

function coverAround<Grain extends RollupGrain>(
  window: TimeWindow,
  granularity: Grain,
  coverEnd: (end: TimeWindow) => Segment<Grain>[],
): Segment<Grain>[] {
  const coreFromMs = ceilToBucket(window.fromMs, granularity)
  const coreToMs = floorToBucket(window.toMs, granularity)
  if (coreFromMs >= coreToMs) return coverEnd(window)
  return [
    ...coverEnd({ fromMs: window.fromMs, toMs: coreFromMs }),
    { fromMs: coreFromMs, toMs: coreToMs, granularity },
    ...coverEnd({ fromMs: coreToMs, toMs: window.toMs }),
  ]
}

/** Number of buckets of a grain that a window touches. */
export function bucketCount({ fromMs, toMs }: TimeWindow, granularity: Granularity): number {
  return Math.ceil((toMs - floorToBucket(fromMs, granularity)) / GRANULARITY_MS[granularity])
}

import {
  ceilToBucket,
  floorToBucket,
  GRANULARITIES,
  GRANULARITY_MS,
  type Granularity,
  ROLLUP_GRAINS,
  type RollupGrain,
} from '../platform/time-buckets'
import { finestGranularity, type Horizons } from '../recorder/horizons'
import type { TimeWindow } from './window'

/** Part of a window read from one grain of rollups; edges lie on that grain's buckets. */
export type Segment = TimeWindow & { granularity: RollupGrain }

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
 * ends; weeks within the days where `coarsest` says that they are kept. A finer `coarsest` keeps a series readable bucket
 * by bucket. Segments are in order of time and never overlap.
 */
export function coverWindow(window: TimeWindow, coarsest: RollupGrain = 'day'): Segment[] {
  const finer = ROLLUP_GRAINS[ROLLUP_GRAINS.indexOf(coarsest) - 1]
  if (window.fromMs >= window.toMs) return []
  if (!finer) return [{ ...window, granularity: coarsest }]
  const coreFromMs = ceilToBucket(window.fromMs, coarsest)
  const coreToMs = floorToBucket(window.toMs, coarsest)
  if (coreFromMs >= coreToMs) return coverWindow(window, finer)
  return [
    ...coverWindow({ fromMs: window.fromMs, toMs: coreFromMs }, finer),
    { fromMs: coreFromMs, toMs: coreToMs, granularity: coarsest },
    ...coverWindow({ fromMs: coreToMs, toMs: window.toMs }, finer),
  ]
}

/** Number of buckets of a grain that a window touches. */
export function bucketCount({ fromMs, toMs }: TimeWindow, granularity: Granularity): number {
  return Math.ceil((toMs - floorToBucket(fromMs, granularity)) / GRANULARITY_MS[granularity])
}

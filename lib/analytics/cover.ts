import {
  ceilToBucket,
  floorToBucket,
  GRANULARITIES,
  GRANULARITY_MS,
  type Granularity,
} from '../platform/time-buckets'
import { finestGranularity, type Horizons } from '../recorder/horizons'
import type { TimeWindow } from './window'

/** Part of a window read from one grain of rollups; edges lie on that grain's buckets. */
export type Segment = TimeWindow & { granularity: Granularity }

/** Widens a window outward to the finest grain that is kept at each of its ends. */
export function alignWindow({ fromMs, toMs }: TimeWindow, horizons: Horizons): TimeWindow {
  return {
    fromMs: floorToBucket(fromMs, finestGranularity(fromMs, horizons)),
    toMs: ceilToBucket(toMs, finestGranularity(toMs - 1, horizons)),
  }
}

/**
 * The fewest whole rollup buckets that make up an aligned window exactly: days in the middle, hours and minutes at the
 * ends. `coarsest` keeps a series readable bucket by bucket. Segments are in order of time and never overlap.
 */
export function coverWindow(window: TimeWindow, coarsest: Granularity = 'day'): Segment[] {
  const finer = GRANULARITIES[GRANULARITIES.indexOf(coarsest) - 1]
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

/** Widths of the buckets that time is counted in, finest first. All are UTC. */
export const GRANULARITIES = ['minute', 'hour', 'day'] as const
/** Width of a bucket. */
export type Granularity = (typeof GRANULARITIES)[number]

/** All widths that rollups are kept in: weeks, from Monday, only where long windows are read. */
export const ROLLUP_GRAINS = [...GRANULARITIES, 'week'] as const
/** Width of a rollup's bucket. */
export type RollupGrain = (typeof ROLLUP_GRAINS)[number]

/** Milliseconds in a bucket of each width. */
export const GRANULARITY_MS = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
} as const satisfies Record<RollupGrain, number>

/** The first Monday of the epoch, which began on a Thursday. */
const FIRST_MONDAY_MS = 4 * GRANULARITY_MS.day

/** Start of the bucket that holds `timeMs`. */
export function floorToBucket(timeMs: number, grain: RollupGrain): number {
  return alignTo(timeMs, grain, Math.floor)
}

/** End of the bucket that holds `timeMs`, or `timeMs` itself on a bucket edge. */
export function ceilToBucket(timeMs: number, grain: RollupGrain): number {
  return alignTo(timeMs, grain, Math.ceil)
}

function alignTo(timeMs: number, grain: RollupGrain, round: (value: number) => number): number {
  const width = GRANULARITY_MS[grain]
  const originMs = grain === 'week' ? FIRST_MONDAY_MS : 0
  return round((timeMs - originMs) / width) * width + originMs
}

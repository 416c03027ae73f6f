/** Widths of the buckets that time is counted in, finest first. All are UTC. */
export const GRANULARITIES = ['minute', 'hour', 'day'] as const
/** Width of a bucket. */
export type Granularity = (typeof GRANULARITIES)[number]

/** Milliseconds in a bucket of each width. */
export const GRANULARITY_MS = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
} as const satisfies Record<Granularity, number>

/** Start of the bucket that holds `timeMs`. */
export function floorToBucket(timeMs: number, granularity: Granularity): number {
  const width = GRANULARITY_MS[granularity]
  return Math.floor(timeMs / width) * width
}

/** End of the bucket that holds `timeMs`, or `timeMs` itself on a bucket edge. */
export function ceilToBucket(timeMs: number, granularity: Granularity): number {
  const width = GRANULARITY_MS[granularity]
  return Math.ceil(timeMs / width) * width
}

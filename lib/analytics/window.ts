import type { WindowParameters } from './window-parameters'

/** Half-open `[fromMs, toMs)`, epoch milliseconds UTC. */
export type TimeWindow = { fromMs: number; toMs: number }

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000

export const GRANULARITIES = ['minute', 'hour', 'day'] as const
/** Width of a bucket. */
export type Granularity = (typeof GRANULARITIES)[number]

export const GRANULARITY_MS = { minute: MINUTE_MS, hour: HOUR_MS, day: DAY_MS } satisfies Record<
  Granularity,
  number
>

/**
 * The windows offered by name. Each ends with the bucket that is filling now and is snapped to `snap`, so that it is
 * covered by few whole rollup buckets; it always spans exactly `lengthMs`.
 */
export const PERIODS = {
  '24h': { label: '24 hours', lengthMs: DAY_MS, snap: 'minute' },
  '7d': { label: '7 days', lengthMs: 7 * DAY_MS, snap: 'hour' },
  '30d': { label: '30 days', lengthMs: 30 * DAY_MS, snap: 'day' },
  '90d': { label: '90 days', lengthMs: 90 * DAY_MS, snap: 'day' },
} as const satisfies Record<string, { label: string; lengthMs: number; snap: Granularity }>
export const PERIOD_NAMES = ['24h', '7d', '30d', '90d'] as const
export type PeriodName = (typeof PERIOD_NAMES)[number]

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

/**
 * The window a reader asked for. `from`/`to` win over `period` and are widened outward to whole minutes, the finest
 * grain rollups are kept in; the answer always states the window it really covers.
 */
export function resolveWindow(parameters: WindowParameters, nowMs: number): TimeWindow {
  if (parameters.from !== undefined && parameters.to !== undefined) {
    return {
      fromMs: floorToBucket(Date.parse(parameters.from), 'minute'),
      toMs: ceilToBucket(Date.parse(parameters.to), 'minute'),
    }
  }
  const { lengthMs, snap } = PERIODS[parameters.period ?? '30d']
  const toMs = floorToBucket(nowMs, snap) + GRANULARITY_MS[snap]
  return { fromMs: toMs - lengthMs, toMs }
}

/** The equal window right before, which `change` compares with. */
export function previousWindow({ fromMs, toMs }: TimeWindow): TimeWindow {
  return { fromMs: fromMs - (toMs - fromMs), toMs: fromMs }
}

import { ceilToBucket, floorToBucket, GRANULARITY_MS, type Granularity } from '../platform/time-buckets'
import type { WindowParameters } from './window-parameters'

/** Half-open `[fromMs, toMs)`, epoch milliseconds UTC. */
export type TimeWindow = { fromMs: number; toMs: number }

/**
 * The windows offered by name. Each ends with the bucket that is filling now and is snapped to `snap`, so that it is
 * covered by few whole rollup buckets; it always spans exactly `lengthMs`.
 */
export const PERIODS = {
  '24h': { label: '24 hours', lengthMs: GRANULARITY_MS.day, snap: 'minute' },
  '7d': { label: '7 days', lengthMs: 7 * GRANULARITY_MS.day, snap: 'hour' },
  '30d': { label: '30 days', lengthMs: 30 * GRANULARITY_MS.day, snap: 'day' },
  '90d': { label: '90 days', lengthMs: 90 * GRANULARITY_MS.day, snap: 'day' },
} as const satisfies Record<string, { label: string; lengthMs: number; snap: Granularity }>
export const PERIOD_NAMES = ['24h', '7d', '30d', '90d'] as const
export type PeriodName = (typeof PERIOD_NAMES)[number]

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

import { GRANULARITY_MS, type Granularity } from './time-buckets'

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

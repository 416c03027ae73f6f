import type { Interval } from '@/lib/charts/interval-scale'

/** An error rate of an answer as an interval to draw; null while there is not enough data. */
export function toInterval(rate: {
  errorRate: number | null
  errorRateLow: number | null
  errorRateHigh: number | null
}): Interval | null {
  const { errorRate: value, errorRateLow: low, errorRateHigh: high } = rate
  return value === null || low === null || high === null ? null : { value, low, high }
}

/** The intervals of some rows, those without one left out. */
export function intervalsOf(rows: readonly Parameters<typeof toInterval>[0][]): Interval[] {
  return rows.map(toInterval).filter((interval) => interval !== null)
}

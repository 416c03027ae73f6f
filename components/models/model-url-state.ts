import { parseAsStringLiteral } from 'nuqs/server'
import { SORT_DIRECTIONS } from '@/components/ui/sorting'
import { PROVIDER_SORTS } from './sort-providers'

export const PERFORMANCE_METRICS = ['latency', 'throughput', 'uptime', 'toolCallErrorRate'] as const
export type PerformanceMetric = (typeof PERFORMANCE_METRICS)[number]

/** What a model's page keeps in the URL beside the window. */
export const modelParsers = {
  metric: parseAsStringLiteral(PERFORMANCE_METRICS).withDefault('latency'),
  sort: parseAsStringLiteral(PROVIDER_SORTS).withDefault('totalTokens'),
  /** Null = the column's own first direction. */
  direction: parseAsStringLiteral(SORT_DIRECTIONS),
}

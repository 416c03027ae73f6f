import { parseAsStringLiteral } from 'nuqs/server'
import { CHART_SCALES } from '@/lib/charts/prepare-scale'

export const USAGE_METRICS = ['tokens', 'requests', 'spend'] as const
export type UsageMetric = (typeof USAGE_METRICS)[number]

/** What the Overview keeps in the URL beside the window. */
export const overviewParsers = {
  metric: parseAsStringLiteral(USAGE_METRICS).withDefault('tokens'),
  scale: parseAsStringLiteral(CHART_SCALES).withDefault('linear'),
}

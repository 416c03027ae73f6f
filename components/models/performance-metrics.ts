import type { DefinitionName } from '@/components/definitions/definitions'
import type { ModelProviderPoint } from '@/lib/analytics/models/schema'
import type { ChartLayout } from '@/lib/charts/prepare-scale'
import { formatCompact, formatDuration, formatPercent } from '@/lib/platform/format'
import type { PerformanceMetric } from './model-url-state'

/** One question about the providers of a model: what is drawn, and how it is written. */
export type PerformanceView = {
  label: string
  title: string
  definition: DefinitionName
  layout: ChartLayout
  read: (point: ModelProviderPoint) => number | null
  format: (value: number) => string
}

export const PERFORMANCE_VIEWS = {
  latency: {
    label: 'Latency',
    title: 'Which provider answers first?',
    definition: 'latency',
    layout: 'lines',
    read: ({ latencyMsP50 }) => latencyMsP50,
    format: formatDuration,
  },
  throughput: {
    label: 'Throughput',
    title: 'Which provider writes fastest?',
    definition: 'throughput',
    layout: 'lines',
    read: ({ tokensPerSecondP50 }) => tokensPerSecondP50,
    format: (value) => `${formatCompact(Math.round(value))}/s`,
  },
  uptime: {
    label: 'Uptime',
    title: 'Which provider is there?',
    definition: 'uptime',
    layout: 'cropped',
    read: ({ uptime }) => uptime,
    format: formatPercent,
  },
  toolCallErrorRate: {
    label: 'Bad tool calls',
    title: 'Which provider spoils tool calls?',
    definition: 'toolCallErrorRate',
    layout: 'lines',
    read: ({ toolCallErrorRate }) => toolCallErrorRate,
    format: formatPercent,
  },
} as const satisfies Record<PerformanceMetric, PerformanceView>

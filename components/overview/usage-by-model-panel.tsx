'use client'

import { useQueryStates } from 'nuqs'
import { useState } from 'react'
import { Freshness } from '@/components/api/freshness'
import { QueryBody } from '@/components/api/query-body'
import { ChartControls } from '@/components/charts/chart-controls'
import { CHART_HEIGHT, ChartSkeleton } from '@/components/charts/chart-skeleton'
import { type ChartView, SeriesChart } from '@/components/charts/series-chart'
import { Definition } from '@/components/definitions/definition'
import type { DefinitionName } from '@/components/definitions/definitions'
import type { WindowChoice } from '@/components/time-window/window-choice'
import { WindowNote } from '@/components/time-window/window-note'
import { EmptyState } from '@/components/ui/empty-state'
import { Panel } from '@/components/ui/panel'
import { Segmented } from '@/components/ui/segmented'
import { useUsageChart } from '@/components/usage/use-usage-chart'
import type { UsageQuery } from '@/lib/analytics/usage/schema'
import type { ChartScale } from '@/lib/charts/prepare-scale'
import type { ChartMetric } from '@/lib/charts/prepare-series'
import { formatCompact, formatUsd } from '@/lib/platform/format'
import { overviewParsers, USAGE_METRICS, type UsageMetric } from './overview-url-state'

const TOP_COUNT = 8

const METRICS = {
  tokens: {
    label: 'Tokens',
    metric: 'totalTokens',
    title: 'Which models use the most tokens?',
    definition: 'totalTokens',
    format: formatCompact,
    operation: undefined,
  },
  requests: {
    label: 'Requests',
    metric: 'requests',
    title: 'Which models get the most requests?',
    definition: 'requests',
    format: formatCompact,
    operation: undefined,
  },
  spend: {
    label: 'Spend',
    metric: 'costUsd',
    title: 'Which models cost the most?',
    definition: 'spend',
    format: formatUsd,
    // Money is money, whatever it bought.
    operation: 'all',
  },
} as const satisfies Record<
  UsageMetric,
  {
    label: string
    metric: ChartMetric
    title: string
    definition: DefinitionName
    format: (value: number) => string
    operation: UsageQuery['operation']
  }
>
const METRIC_OPTIONS = USAGE_METRICS.map((name) => ({ value: name, label: METRICS[name].label }))

export function UsageByModelPanel({ choice }: { choice: WindowChoice }) {
  const [{ metric, scale }, setState] = useQueryStates(overviewParsers)
  const [view, setView] = useState<ChartView>('chart')
  const shown = METRICS[metric]
  const { query, chart } = useUsageChart({
    choice,
    by: 'model',
    limit: TOP_COUNT,
    topCount: TOP_COUNT,
    metric: shown.metric,
    operation: shown.operation,
  })
  return (
    <Panel
      title={shown.title}
      info={<Definition of={shown.definition} />}
      note={
        <>
          <WindowNote query={query} />
          <Freshness query={query} />
        </>
      }
      actions={
        <>
          <Segmented
            label="Measure"
            options={METRIC_OPTIONS}
            value={metric}
            onChange={(next) => void setState({ metric: next })}
          />
          <ChartControls
            scale={scale}
            onScaleChange={(next) => void setState({ scale: next })}
            view={view}
            onViewChange={setView}
          />
        </>
      }
    >
      <UsageChart query={query} chart={chart} scale={scale} view={view} shown={shown} />
    </Panel>
  )
}

function UsageChart({
  query,
  chart,
  scale,
  view,
  shown,
}: ReturnType<typeof useUsageChart> & {
  scale: ChartScale
  view: ChartView
  shown: (typeof METRICS)[UsageMetric]
}) {
  return (
    <QueryBody
      query={query}
      skeleton={<ChartSkeleton />}
      className="px-4 pb-3 sm:px-5"
      errorClassName={CHART_HEIGHT}
    >
      {() =>
        chart?.series.length === 0 ? (
          <div className={CHART_HEIGHT}>
            <EmptyState title="Nothing in this window">
              Choose a longer window to see earlier traffic.
            </EmptyState>
          </div>
        ) : (
          <SeriesChart
            chart={chart}
            scale={scale}
            view={view}
            title={shown.title}
            formatValue={shown.format}
            syncId="overview"
          />
        )
      }
    </QueryBody>
  )
}

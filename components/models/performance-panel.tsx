'use client'

import type { UseQueryResult } from '@tanstack/react-query'
import { useQueryStates } from 'nuqs'
import { useMemo, useState } from 'react'
import { ExportLinks } from '@/components/api/export-links'
import { Freshness } from '@/components/api/freshness'
import { QueryBody } from '@/components/api/query-body'
import { ChartControls } from '@/components/charts/chart-controls'
import { CHART_HEIGHT, ChartSkeleton } from '@/components/charts/chart-skeleton'
import { rememberedColors, useRememberColors } from '@/components/charts/color-memory'
import { type ChartView, SeriesChart } from '@/components/charts/series-chart'
import { Definition } from '@/components/definitions/definition'
import { logsPath } from '@/components/logs/logs-path'
import type { WindowChoice } from '@/components/time-window/window-choice'
import { WindowNote } from '@/components/time-window/window-note'
import { EmptyState } from '@/components/ui/empty-state'
import { Panel } from '@/components/ui/panel'
import { Segmented } from '@/components/ui/segmented'
import type { ModelSeriesAnswer } from '@/lib/analytics/models/schema'
import { prepareEntities } from '@/lib/charts/prepare-entities'
import { entitiesOf } from './entities-of'
import { modelSeriesExportUrl } from './model-query'
import { modelParsers, PERFORMANCE_METRICS } from './model-url-state'
import { PERFORMANCE_VIEWS, type PerformanceView } from './performance-metrics'
import { TOP_PROVIDERS } from './top-providers'

const METRIC_OPTIONS = PERFORMANCE_METRICS.map((metric) => ({
  value: metric,
  label: PERFORMANCE_VIEWS[metric].label,
}))

/** One measure of the model's providers over time, a line each. */
export function PerformancePanel({
  query,
  model,
  choice,
}: {
  query: UseQueryResult<ModelSeriesAnswer>
  model: string
  choice: WindowChoice
}) {
  const [{ metric }, setState] = useQueryStates(modelParsers)
  const [view, setView] = useState<ChartView>('chart')
  const shown: PerformanceView = PERFORMANCE_VIEWS[metric]
  const { data, dataUpdatedAt } = query
  const chart = useMemo(
    () =>
      data &&
      prepareEntities({
        answer: data,
        entities: entitiesOf(data),
        read: shown.read,
        isAdditive: false,
        topCount: TOP_PROVIDERS,
        nowMs: dataUpdatedAt,
        rememberedColors: rememberedColors('provider'),
      }),
    [data, dataUpdatedAt, shown],
  )
  useRememberColors('provider', chart)
  const hidden = Math.max(0, (data?.providers.length ?? 0) - TOP_PROVIDERS)
  return (
    <Panel
      title={shown.title}
      info={<Definition of={shown.definition} />}
      note={
        <>
          <WindowNote query={query} />
          {hidden > 0 ? `, the ${TOP_PROVIDERS} most used of ${TOP_PROVIDERS + hidden} providers` : null}
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
            className="max-sm:w-full max-sm:overflow-x-auto"
          />
          <ChartControls view={view} onViewChange={setView} />
          <ExportLinks
            subject="the measures over time"
            urlOf={(format) => modelSeriesExportUrl({ model, choice }, format)}
          />
        </>
      }
    >
      <QueryBody
        query={query}
        skeleton={<ChartSkeleton />}
        className="px-4 pb-3 sm:px-5"
        errorClassName={CHART_HEIGHT}
      >
        {(answer) =>
          chart?.series.length === 0 ? (
            <div className={CHART_HEIGHT}>
              <EmptyState title="Not enough data in this window">
                {metric === 'uptime' || metric === 'toolCallErrorRate'
                  ? 'A point needs 20 attempts that count. A longer window has wider columns.'
                  : 'No attempt of this window was measured.'}
              </EmptyState>
            </div>
          ) : (
            <SeriesChart
              chart={chart}
              scale={shown.layout}
              view={view}
              title={shown.title}
              formatValue={shown.format}
              hrefOf={({ startMs, endMs }) =>
                logsPath({
                  from: new Date(startMs).toISOString(),
                  to: new Date(endMs).toISOString(),
                  model: answer.model,
                })
              }
            />
          )
        }
      </QueryBody>
    </Panel>
  )
}

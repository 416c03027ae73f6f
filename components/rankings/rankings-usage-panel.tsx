'use client'

import { Freshness } from '@/components/api/freshness'
import { QueryBody } from '@/components/api/query-body'
import { ChartControls } from '@/components/charts/chart-controls'
import { CHART_HEIGHT, ChartSkeleton } from '@/components/charts/chart-skeleton'
import { type ChartView, SeriesChart } from '@/components/charts/series-chart'
import { Definition } from '@/components/definitions/definition'
import type { WindowChoice } from '@/components/time-window/window-choice'
import { WindowNote } from '@/components/time-window/window-note'
import { EmptyState } from '@/components/ui/empty-state'
import { Panel } from '@/components/ui/panel'
import { useUsageChart } from '@/components/usage/use-usage-chart'
import type { RankingSubject } from '@/lib/analytics/subjects'
import type { ChartScale } from '@/lib/charts/prepare-scale'
import { formatCompact } from '@/lib/platform/format'
import { CHART_TOP_COUNT, USAGE_LIMIT } from './limits'
import { SUBJECTS } from './subjects'

export function RankingsUsagePanel({
  choice,
  by,
  scale,
  view,
  pointedKey,
  onScaleChange,
  onViewChange,
}: {
  choice: WindowChoice
  by: RankingSubject
  scale: ChartScale
  view: ChartView
  pointedKey: string | null
  onScaleChange: (scale: ChartScale) => void
  onViewChange: (view: ChartView) => void
}) {
  const { query, chart } = useUsageChart({
    choice,
    by,
    limit: USAGE_LIMIT,
    topCount: CHART_TOP_COUNT,
    metric: 'totalTokens',
  })
  const title = SUBJECTS[by].question
  return (
    <Panel
      title={title}
      info={<Definition of="totalTokens" />}
      note={
        <>
          <WindowNote query={query} />
          <Freshness query={query} />
        </>
      }
      actions={
        <ChartControls scale={scale} onScaleChange={onScaleChange} view={view} onViewChange={onViewChange} />
      }
    >
      <QueryBody
        query={query}
        skeleton={<ChartSkeleton />}
        className="px-4 pb-3 sm:px-5"
        errorClassName={CHART_HEIGHT}
      >
        {() =>
          chart?.series.length === 0 ? (
            <div className={CHART_HEIGHT}>
              <EmptyState title="No tokens in this window">
                The chart fills as soon as requests of this time are logged.
              </EmptyState>
            </div>
          ) : (
            <SeriesChart
              chart={chart}
              scale={scale}
              view={view}
              title={title}
              formatValue={formatCompact}
              highlighted={pointedKey}
            />
          )
        }
      </QueryBody>
    </Panel>
  )
}

'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { ExportLinks } from '@/components/api/export-links'
import { Freshness } from '@/components/api/freshness'
import { QueryBody } from '@/components/api/query-body'
import { ChartControls } from '@/components/charts/chart-controls'
import { CHART_HEIGHT, ChartSkeleton } from '@/components/charts/chart-skeleton'
import { type ChartView, SeriesChart } from '@/components/charts/series-chart'
import { logsPath } from '@/components/logs/logs-path'
import type { WindowChoice } from '@/components/time-window/window-choice'
import { WindowNote } from '@/components/time-window/window-note'
import { EmptyState } from '@/components/ui/empty-state'
import { Panel } from '@/components/ui/panel'
import { Segmented } from '@/components/ui/segmented'
import type { FunnelPoint } from '@/lib/analytics/tools/funnel/schema'
import { type PointPart, preparePoints } from '@/lib/charts/prepare-points'
import type { Bucket } from '@/lib/charts/time-axis'
import { formatCompact, formatPercent } from '@/lib/platform/format'
import { FUNNEL_LOOK } from './funnel-look'
import { filterParameters, type ToolsFilter } from './tools-filter'
import { funnelAddress, funnelQueryOptions, toolsUrl } from './tools-query'
import type { FunnelMeasure } from './tools-url-state'

const PARTS = {
  shares: [
    { key: 'offered', ...FUNNEL_LOOK.offered, read: (point) => point.offeredShare },
    { key: 'used', ...FUNNEL_LOOK.used, label: 'Used, of offered', read: (point) => point.usedShare },
    { key: 'finished', ...FUNNEL_LOOK.finished, read: (point) => point.finishedShare },
  ],
  requests: [
    {
      key: 'known',
      label: 'Tools known',
      color: 'var(--chart-other)',
      read: (point) => point.requests,
    },
    { key: 'offered', ...FUNNEL_LOOK.offered, read: (point) => point.offered },
    { key: 'used', ...FUNNEL_LOOK.used, read: (point) => point.used },
    { key: 'finished', ...FUNNEL_LOOK.finished, read: (point) => point.finishedByToolCall },
  ],
} as const satisfies Record<FunnelMeasure, readonly PointPart<FunnelPoint>[]>

const MEASURE_OPTIONS = [
  { value: 'shares' as const, label: 'Shares' },
  { value: 'requests' as const, label: 'Requests' },
]

export function FunnelTimePanel({
  choice,
  filter,
  measure,
  view,
  onMeasureChange,
  onViewChange,
}: {
  choice: WindowChoice
  filter: ToolsFilter
  measure: FunnelMeasure
  view: ChartView
  onMeasureChange: (measure: FunnelMeasure) => void
  onViewChange: (view: ChartView) => void
}) {
  const query = useQuery(funnelQueryOptions({ choice, filter }))
  const { data, dataUpdatedAt } = query
  const chart = useMemo(
    () =>
      data === undefined
        ? undefined
        : preparePoints({ answer: data, parts: PARTS[measure], isAdditive: false, nowMs: dataUpdatedAt }),
    [data, dataUpdatedAt, measure],
  )
  const title = 'How does that change over time?'
  return (
    <Panel
      title={title}
      note={
        <>
          <WindowNote query={query} />
          <Freshness query={query} />
        </>
      }
      actions={
        <>
          <ExportLinks
            subject="the funnel over time"
            urlOf={(format) => toolsUrl(funnelAddress({ choice, filter }), format)}
          />
          <Segmented label="Measure" options={MEASURE_OPTIONS} value={measure} onChange={onMeasureChange} />
          <ChartControls view={view} onViewChange={onViewChange} />
        </>
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
              <EmptyState title="Nothing to draw in this window" />
            </div>
          ) : (
            <SeriesChart
              chart={chart}
              scale="lines"
              view={view}
              title={title}
              formatValue={measure === 'shares' ? formatPercent : formatCompact}
              {...(filter?.by === 'author' ? {} : { hrefOf: (bucket: Bucket) => requestsOf(bucket, filter) })}
            />
          )
        }
      </QueryBody>
    </Panel>
  )
}

/** Logs are not told apart by author, so a bucket of one author leads nowhere. */
function requestsOf({ startMs, endMs }: Bucket, filter: ToolsFilter): `/${string}` {
  return logsPath({
    from: new Date(startMs).toISOString(),
    to: new Date(endMs).toISOString(),
    ...filterParameters(filter, ['model', 'provider', 'app']),
  })
}

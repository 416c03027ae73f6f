'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { Freshness } from '@/components/api/freshness'
import { QueryBody } from '@/components/api/query-body'
import { ChartControls } from '@/components/charts/chart-controls'
import { CHART_HEIGHT, ChartSkeleton } from '@/components/charts/chart-skeleton'
import { type ChartView, SeriesChart } from '@/components/charts/series-chart'
import { useLiveProvider } from '@/components/live/use-live'
import { useServerNow } from '@/components/live/use-server-now'
import { EmptyState } from '@/components/ui/empty-state'
import { Panel } from '@/components/ui/panel'
import type { ProviderSeriesAnswer } from '@/lib/analytics/providers/schema'
import { ERROR_PARTS } from '@/lib/charts/error-parts'
import { preparePoints } from '@/lib/charts/prepare-points'
import { lastHour } from '@/lib/live/last-hour'
import type { LiveMinute } from '@/lib/live/schema'
import { formatExact } from '@/lib/platform/format'
import { bucketLogsPath } from './bucket-logs-path'
import { lastHourQueryOptions } from './provider-query'

const NO_MINUTES: readonly LiveMinute[] = []
const TITLE = 'What goes wrong right now?'

/** Errors of the last hour by minute and class; the newest column grows as they are recorded. */
export function LiveErrorsPanel({ slug }: { slug: string }) {
  const [view, setView] = useState<ChartView>('chart')
  const query = useQuery(lastHourQueryOptions(slug))
  return (
    <Panel
      title={TITLE}
      note={
        <>
          Errors per minute in the last 60 minutes, UTC
          <Freshness query={query} />
        </>
      }
      actions={<ChartControls view={view} onViewChange={setView} />}
    >
      <QueryBody
        query={query}
        skeleton={<ChartSkeleton />}
        className="px-4 pb-3 sm:px-5"
        errorClassName={CHART_HEIGHT}
      >
        {(answer) => <LiveErrorsChart slug={slug} fetched={answer.points} view={view} />}
      </QueryBody>
    </Panel>
  )
}

function LiveErrorsChart({
  slug,
  fetched,
  view,
}: {
  slug: string
  fetched: ProviderSeriesAnswer['points']
  view: ChartView
}) {
  const live = useLiveProvider(slug)?.minutes ?? NO_MINUTES
  const nowMs = useServerNow()
  const { chart, attempts } = useMemo(() => {
    if (nowMs === null) return { chart: undefined, attempts: 0 }
    const answer = lastHour({ fetched, live, nowMs })
    return {
      chart: preparePoints({ answer, parts: ERROR_PARTS, isAdditive: true, nowMs }),
      attempts: answer.points.reduce((sum, point) => sum + point.attempts, 0),
    }
  }, [fetched, live, nowMs])
  if (chart?.series.length === 0) {
    return (
      <div className={CHART_HEIGHT}>
        <EmptyState title={attempts === 0 ? 'No attempt in the last hour' : 'No error in the last hour'}>
          {attempts === 0
            ? 'Errors show here as they are recorded.'
            : `${formatExact(attempts)} attempts, none failed.`}
        </EmptyState>
      </div>
    )
  }
  return (
    <SeriesChart
      chart={chart}
      scale="linear"
      view={view}
      title={TITLE}
      formatValue={formatExact}
      hrefOf={(bucket) => bucketLogsPath({ slug, bucket, filter: { errorClass: 'any' } })}
    />
  )
}

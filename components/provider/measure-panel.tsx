'use client'

import type { UseQueryResult } from '@tanstack/react-query'
import { type ReactNode, useMemo, useState } from 'react'
import { Freshness } from '@/components/api/freshness'
import { QueryBody } from '@/components/api/query-body'
import { ChartControls } from '@/components/charts/chart-controls'
import { CHART_HEIGHT, ChartSkeleton } from '@/components/charts/chart-skeleton'
import { type ChartView, SeriesChart } from '@/components/charts/series-chart'
import { Definition } from '@/components/definitions/definition'
import type { DefinitionName } from '@/components/definitions/definitions'
import { WindowNote } from '@/components/time-window/window-note'
import { EmptyState } from '@/components/ui/empty-state'
import { Panel } from '@/components/ui/panel'
import type { ProviderPoint, ProviderSeriesAnswer } from '@/lib/analytics/providers/schema'
import { type PointPart, preparePoints } from '@/lib/charts/prepare-points'
import type { ChartLayout, ChartScale } from '@/lib/charts/prepare-scale'
import type { Bucket } from '@/lib/charts/time-axis'

export type Measure = {
  title: string
  definition?: DefinitionName
  parts: readonly PointPart<ProviderPoint>[]
  isAdditive: boolean
  layout: ChartLayout
  format: (value: number) => string
  /** What stands there when the window has attempts, but no bucket a value. */
  empty?: { title: string; text: string }
}

const NO_TRAFFIC = {
  title: 'No attempts in this window',
  text: 'Choose a longer window to see earlier traffic.',
}

/** One question about a provider, answered over the window by a chart and the table behind it. */
export function MeasurePanel({
  measure,
  query,
  hrefOf,
  scale,
  onScaleChange,
  actions,
}: {
  measure: Measure
  query: UseQueryResult<ProviderSeriesAnswer>
  hrefOf: (bucket: Bucket) => `/${string}`
  scale?: ChartScale
  onScaleChange?: (scale: ChartScale) => void
  actions?: ReactNode
}) {
  const [view, setView] = useState<ChartView>('chart')
  const { data, dataUpdatedAt } = query
  const { title, definition, parts, isAdditive, layout, format } = measure
  const empty = (data?.points.length ? measure.empty : undefined) ?? NO_TRAFFIC
  const chart = useMemo(
    () => data && preparePoints({ answer: data, parts, isAdditive, nowMs: dataUpdatedAt }),
    [data, dataUpdatedAt, parts, isAdditive],
  )
  return (
    <Panel
      title={title}
      info={definition ? <Definition of={definition} /> : null}
      note={
        <>
          <WindowNote query={query} />
          <Freshness query={query} />
        </>
      }
      actions={
        <>
          {actions}
          <ChartControls
            {...(scale && onScaleChange ? { scale, onScaleChange } : {})}
            view={view}
            onViewChange={setView}
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
        {() =>
          chart?.series.length === 0 ? (
            <div className={CHART_HEIGHT}>
              <EmptyState title={empty.title}>{empty.text}</EmptyState>
            </div>
          ) : (
            <SeriesChart
              chart={chart}
              scale={scale ?? layout}
              view={view}
              title={title}
              formatValue={format}
              syncId="provider"
              hrefOf={hrefOf}
            />
          )
        }
      </QueryBody>
    </Panel>
  )
}

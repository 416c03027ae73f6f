'use client'

import { useRouter } from 'next/navigation'
import { lazy, Suspense, useMemo, useState } from 'react'
import { type ChartLayout, prepareScale } from '@/lib/charts/prepare-scale'
import type { PreparedChart } from '@/lib/charts/prepare-series'
import type { Bucket } from '@/lib/charts/time-axis'
import { formatPercent } from '@/lib/platform/format'
import { ChartLegend } from './chart-legend'
import { ChartSkeleton, PLOT_HEIGHT, PlotSkeleton } from './chart-skeleton'
import type { ChartMark } from './plot-frame'

/** The drawing library arrives after the page, while the numbers are being fetched; what few ask for, when asked. */
const ColumnsPlot = lazy(() => import('./columns-plot').then((module) => ({ default: module.ColumnsPlot })))
const LinesPlot = lazy(() => import('./lines-plot').then((module) => ({ default: module.LinesPlot })))
const ChartTable = lazy(() => import('./chart-table').then((module) => ({ default: module.ChartTable })))

export type ChartView = 'chart' | 'table'

/** A chart over time with its legend, or the table behind it; both take the same room. */
export function SeriesChart({
  chart,
  scale,
  view,
  title,
  formatValue,
  highlighted: highlightedOutside = null,
  syncId,
  hrefOf,
  mark,
}: {
  chart: PreparedChart | undefined
  scale: ChartLayout
  view: ChartView
  title: string
  formatValue: (value: number) => string
  highlighted?: string | null
  syncId?: string
  /** Where a bucket leads: a click on it in the chart, a link in the table. */
  hrefOf?: (bucket: Bucket) => `/${string}`
  mark?: ChartMark | undefined
}) {
  const router = useRouter()
  const [pointed, setPointed] = useState<string | null>(null)
  const [pinned, setPinned] = useState<string | null>(null)
  const scaled = useMemo(() => (chart ? prepareScale(chart, scale) : undefined), [chart, scale])
  if (chart === undefined || scaled === undefined) return <ChartSkeleton />
  const Plot = scaled.mark === 'columns' ? ColumnsPlot : LinesPlot
  const wanted = pointed ?? highlightedOutside ?? pinned
  const highlighted = chart.series.some((series) => series.key === wanted) ? wanted : null
  return (
    <div>
      <div className={PLOT_HEIGHT}>
        <Suspense fallback={<PlotSkeleton />}>
          {view === 'table' ? (
            <ChartTable chart={chart} title={title} formatValue={formatValue} hrefOf={hrefOf} />
          ) : (
            <Plot
              chart={chart}
              scaled={scaled}
              title={title}
              highlighted={highlighted}
              formatValue={formatValue}
              formatAxis={(value) =>
                trimZeros(scale === 'percent' ? formatPercent(value) : formatValue(value))
              }
              syncId={syncId}
              mark={mark}
              onOpenBucket={hrefOf && ((bucket) => router.push(hrefOf(bucket)))}
            />
          )}
        </Suspense>
      </div>
      <div className="mt-3 min-h-7">
        <ChartLegend
          series={chart.series}
          highlighted={highlighted}
          pinned={pinned}
          onPoint={setPointed}
          onPin={setPinned}
        />
      </div>
    </div>
  )
}

/** Axis labels are round: 5B and 25%, not 5.00B and 25.0%. */
function trimZeros(text: string): string {
  return text.replace(/\.0+(?=\D*$)/, '').replace(/(\.\d*?)0+(?=\D*$)/, '$1')
}

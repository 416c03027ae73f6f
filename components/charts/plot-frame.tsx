'use client'

import { CartesianGrid, ReferenceLine, Tooltip, XAxis, YAxis } from 'recharts'
import type { ScaledChart } from '@/lib/charts/prepare-scale'
import type { PreparedChart } from '@/lib/charts/prepare-series'
import { type Bucket, formatTick, listTicks } from '@/lib/charts/time-axis'
import { ChartTooltip } from './chart-tooltip'
import { MarkLabel } from './mark-label'

const MOST_TICKS = 8
const FADED = 0.22
const TICK_STYLE = { fill: 'var(--muted)', fontSize: 11 } as const

/** A moment worth a line of its own: it stands at the column that holds `timeMs`. */
export type ChartMark = { timeMs: number; label: string }

export type PlotRow = { startMs: number; isPartial: boolean; values: (number | null)[] }

export type PlotProperties = {
  chart: PreparedChart
  scaled: ScaledChart
  title: string
  highlighted: string | null
  formatValue: (value: number) => string
  formatAxis: (value: number) => string
  syncId?: string | undefined
  /** A click on a bucket; without it, buckets lead nowhere. */
  onOpenBucket?: ((bucket: Bucket) => void) | undefined
  mark?: ChartMark | undefined
}

/** Room above the plot for the words of a mark. */
const MARK_HEIGHT = 18

/** Room around a plot; `right` is what its marks need there. */
export function plotMargin({ mark }: PlotProperties, right: number) {
  return { top: mark ? 6 + MARK_HEIGHT : 6, right, bottom: 0, left: 0 }
}

/** What every plot has around its marks: grid, axes, tooltip with its crosshair. */
export function plotAxes({
  chart,
  scaled,
  formatAxis,
  formatValue,
  highlighted,
  onOpenBucket,
  mark,
}: PlotProperties) {
  return [
    <CartesianGrid key="grid" vertical={false} stroke="var(--border)" strokeDasharray="0" />,
    <XAxis
      key="x"
      dataKey="startMs"
      ticks={listTicks(chart.buckets, MOST_TICKS)}
      tickFormatter={formatTick}
      interval="preserveEnd"
      minTickGap={16}
      tickLine={false}
      axisLine={{ stroke: 'var(--border-strong)' }}
      tickMargin={6}
      height={26}
      tick={TICK_STYLE}
    />,
    <YAxis
      key="y"
      domain={scaled.domain}
      ticks={scaled.ticks}
      scale={scaled.axis}
      allowDataOverflow
      tickFormatter={formatAxis}
      tickLine={false}
      axisLine={false}
      width={54}
      tick={TICK_STYLE}
    />,
    <Tooltip
      key="tooltip"
      isAnimationActive={false}
      cursor={
        scaled.mark === 'columns'
          ? { fill: 'var(--foreground)', fillOpacity: 0.06 }
          : { stroke: 'var(--border-strong)' }
      }
      wrapperStyle={{ zIndex: 20 }}
      content={({ active, label }) =>
        active ? (
          <ChartTooltip
            chart={chart}
            startMs={Number(label)}
            highlighted={highlighted}
            formatValue={formatValue}
            hint={onOpenBucket ? 'Click for the requests' : null}
          />
        ) : null
      }
    />,
    mark ? markLine(chart.buckets, mark) : null,
  ]
}

function markLine(buckets: readonly Bucket[], mark: ChartMark) {
  const index = buckets.findIndex(({ startMs, endMs }) => startMs <= mark.timeMs && mark.timeMs < endMs)
  const bucket = buckets[index]
  if (bucket === undefined) return null
  return (
    <ReferenceLine
      key="mark"
      x={bucket.startMs}
      stroke="var(--foreground)"
      strokeWidth={1.25}
      label={<MarkLabel text={mark.label} position={(index + 0.5) / buckets.length} />}
    />
  )
}

export function plotRows({ chart, scaled }: PlotProperties): PlotRow[] {
  return chart.buckets.map((bucket, index) => ({
    startMs: bucket.startMs,
    isPartial: bucket.isPartial,
    values: scaled.rows[index] ?? [],
  }))
}

/** Pointing at one entity fades the others. */
export function opacityOf(key: string, highlighted: string | null): number {
  return highlighted === null || highlighted === key ? 1 : FADED
}

/** The chart's handler and cursor where its buckets lead somewhere. */
export function openingOf({ chart, onOpenBucket }: PlotProperties) {
  if (onOpenBucket === undefined) return {}
  return {
    cursor: 'pointer',
    onClick: ({ activeLabel }: { activeLabel?: string | number | undefined }) => {
      const bucket = chart.buckets.find(({ startMs }) => startMs === Number(activeLabel))
      if (bucket) onOpenBucket(bucket)
    },
  }
}

/** Charts with the same id move their crosshairs together. */
export function syncOf(syncId: string | undefined) {
  return syncId ? { syncId, syncMethod: 'value' as const } : {}
}

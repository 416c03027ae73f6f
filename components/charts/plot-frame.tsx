'use client'

import { CartesianGrid, Tooltip, XAxis, YAxis } from 'recharts'
import type { ScaledChart } from '@/lib/charts/prepare-scale'
import type { PreparedChart } from '@/lib/charts/prepare-series'
import { formatTick, listTicks } from '@/lib/charts/time-axis'
import { ChartTooltip } from './chart-tooltip'

const MOST_TICKS = 8
const FADED = 0.22
const TICK_STYLE = { fill: 'var(--muted)', fontSize: 11 } as const

export type PlotRow = { startMs: number; isPartial: boolean; values: (number | null)[] }

export type PlotProperties = {
  chart: PreparedChart
  scaled: ScaledChart
  title: string
  highlighted: string | null
  formatValue: (value: number) => string
  formatAxis: (value: number) => string
  syncId?: string | undefined
}

/** What every plot has around its marks: grid, axes, tooltip with its crosshair. */
export function plotAxes({ chart, scaled, formatAxis, formatValue, highlighted }: PlotProperties) {
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
      scale={scaled.mark === 'lines' ? 'log' : 'linear'}
      allowDataOverflow
      tickFormatter={formatAxis}
      tickLine={false}
      axisLine={false}
      width={46}
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
          />
        ) : null
      }
    />,
  ]
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

/** Charts with the same id move their crosshairs together. */
export function syncOf(syncId: string | undefined) {
  return syncId ? { syncId, syncMethod: 'value' as const } : {}
}

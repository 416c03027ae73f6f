'use client'

import {
  Bar,
  BarChart,
  type BarShapeProps,
  BarStack,
  CartesianGrid,
  Line,
  LineChart,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import type { ScaledChart } from '@/lib/charts/prepare-scale'
import type { PreparedChart } from '@/lib/charts/prepare-series'
import { formatTick, listTicks } from '@/lib/charts/time-axis'
import { ChartTooltip } from './chart-tooltip'

const MOST_TICKS = 8
/** More columns than this stand closer together. */
const DENSE_COUNT = 60
/** Segments of columns wider than this are separated by a hairline. */
const SEPARATED_WIDTH = 8
const FADED = 0.22
const TICK_STYLE = { fill: 'var(--muted)', fontSize: 11 } as const
const MARGIN = { top: 6, right: 6, bottom: 0, left: 0 } as const

/** The last point of a line sits on the edge; its label needs room. */
const LINES_MARGIN = { ...MARGIN, right: 22 } as const

type PlotRow = { startMs: number; isPartial: boolean; values: (number | null)[] }

export type PlotProperties = {
  chart: PreparedChart
  scaled: ScaledChart
  title: string
  highlighted: string | null
  formatValue: (value: number) => string
  formatAxis: (value: number) => string
  syncId?: string | undefined
}

/** The only file that knows recharts; it draws what `lib/charts` prepared. */
export function Plot(properties: PlotProperties) {
  return properties.scaled.mark === 'columns' ? <Columns {...properties} /> : <Lines {...properties} />
}

function Columns(properties: PlotProperties) {
  const { chart, title, highlighted, syncId } = properties
  return (
    <BarChart
      responsive
      data={plotRows(properties)}
      margin={MARGIN}
      barCategoryGap={categoryGap(properties)}
      title={title}
      style={{ width: '100%', height: '100%' }}
      {...(syncId ? { syncId, syncMethod: 'value' as const } : {})}
    >
      {axes(properties)}
      <BarStack radius={[2, 2, 0, 0]}>
        {chart.series.map((series, index) => (
          <Bar
            key={series.key}
            dataKey={(row: PlotRow) => row.values[index] ?? null}
            name={series.label}
            fill={series.color}
            fillOpacity={opacityOf(series.key, highlighted)}
            isAnimationActive={false}
            shape={ColumnSegment}
          />
        ))}
      </BarStack>
    </BarChart>
  )
}

/** A column that is still filling is lighter than those that are whole. */
function ColumnSegment({ x, y, width, height, fill, fillOpacity, payload }: BarShapeProps) {
  const isPartial = isPlotRow(payload) && payload.isPartial
  if (height <= 0) return null
  return (
    <rect
      x={x}
      y={y}
      width={width}
      height={height}
      fill={fill}
      fillOpacity={Number(fillOpacity ?? 1) * (isPartial ? 0.4 : 1)}
      stroke="var(--surface)"
      strokeWidth={width > SEPARATED_WIDTH ? 0.75 : 0}
    />
  )
}

function Lines(properties: PlotProperties) {
  const { chart, title, highlighted, syncId } = properties
  const rows = plotRows(properties)
  const isSparse = rows.length <= 2
  const tailStart = rows.findLastIndex((row) => !row.isPartial)
  return (
    <LineChart
      responsive
      data={rows}
      margin={LINES_MARGIN}
      title={title}
      style={{ width: '100%', height: '100%' }}
      {...(syncId ? { syncId, syncMethod: 'value' as const } : {})}
    >
      {axes(properties)}
      {chart.series.flatMap((series, index) => {
        const common = {
          name: series.label,
          stroke: series.color,
          strokeOpacity: opacityOf(series.key, highlighted),
          strokeWidth: series.key === highlighted ? 2.5 : 1.75,
          dot: isSparse,
          activeDot: { r: 3, strokeWidth: 0 },
          isAnimationActive: false,
          type: 'linear' as const,
        }
        const valueAt = (row: PlotRow) => row.values[index] ?? null
        return [
          <Line
            key={series.key}
            {...common}
            dataKey={(row: PlotRow) => (row.isPartial ? null : valueAt(row))}
          />,
          <Line
            key={`${series.key} tail`}
            {...common}
            activeDot={false}
            strokeDasharray="3 3"
            dataKey={(row: PlotRow) => (rows.indexOf(row) >= tailStart ? valueAt(row) : null)}
          />,
        ]
      })}
    </LineChart>
  )
}

function axes({ chart, scaled, formatAxis, formatValue, highlighted }: PlotProperties) {
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

/** Shares of many columns read as one surface; gaps between them would only flicker. */
function categoryGap({ chart, scaled }: PlotProperties): string {
  if (chart.buckets.length <= DENSE_COUNT) return '14%'
  return scaled.isShare ? '0%' : '6%'
}

function plotRows({ chart, scaled }: PlotProperties): PlotRow[] {
  return chart.buckets.map((bucket, index) => ({
    startMs: bucket.startMs,
    isPartial: bucket.isPartial,
    values: scaled.rows[index] ?? [],
  }))
}

function opacityOf(key: string, highlighted: string | null): number {
  return highlighted === null || highlighted === key ? 1 : FADED
}

function isPlotRow(value: unknown): value is PlotRow {
  return typeof value === 'object' && value !== null && 'isPartial' in value
}

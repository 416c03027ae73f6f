'use client'

import { Bar, BarChart, type BarShapeProps, BarStack } from 'recharts'
import {
  opacityOf,
  openingOf,
  type PlotProperties,
  type PlotRow,
  plotAxes,
  plotMargin,
  plotRows,
  syncOf,
} from './plot-frame'

/** More columns than this stand closer together. */
const DENSE_COUNT = 60

/** Segments of columns wider than this are separated by a hairline. */
const SEPARATED_WIDTH = 8

/** On a phone, columns this narrow are drawn without gaps: half a column of white would wash them out. */
const NARROW_WIDTH = 3

const PARTIAL_STRENGTH = 0.4

/** Stacked columns: sums and shares. Only columns with room for it have rounded tops. */
export function ColumnsPlot(properties: PlotProperties) {
  const { title, syncId } = properties
  return (
    <BarChart
      responsive
      data={plotRows(properties)}
      margin={plotMargin(properties, 6)}
      barCategoryGap={categoryGap(properties)}
      title={title}
      style={{
        width: '100%',
        height: '100%',
        ...(isSurface(properties) ? { shapeRendering: 'crispEdges' } : {}),
      }}
      {...syncOf(syncId)}
      {...openingOf(properties)}
    >
      {plotAxes(properties)}
      {properties.chart.buckets.length > DENSE_COUNT ? (
        bars(properties)
      ) : (
        <BarStack radius={[2, 2, 0, 0]}>{bars(properties)}</BarStack>
      )}
    </BarChart>
  )
}

function bars(properties: PlotProperties) {
  const { chart, highlighted } = properties
  return chart.series.map((series, index) => (
    <Bar
      key={series.key}
      stackId="all"
      dataKey={(row: PlotRow) => row.values[index] ?? null}
      name={series.label}
      fill={series.color}
      fillOpacity={opacityOf(series.key, highlighted)}
      isAnimationActive={false}
      shape={isSurface(properties) ? SurfaceSegment : ColumnSegment}
    />
  ))
}

/** Recharts cuts widths to whole pixels; one more closes the gap that leaves. */
function SurfaceSegment(properties: BarShapeProps) {
  return <ColumnSegment {...properties} width={properties.width + 1} />
}

/** Pale instead of transparent, so that neighbours that touch leave no seam. A partial column is paler than whole ones. */
function ColumnSegment({ x, y, width, height, fill, fillOpacity, payload }: BarShapeProps) {
  if (height <= 0) return null
  const isPartial = isPlotRow(payload) && payload.isPartial
  const strength = Number(fillOpacity ?? 1) * (isPartial ? PARTIAL_STRENGTH : 1)
  return (
    <rect
      x={x}
      y={y}
      width={width < NARROW_WIDTH ? width + 1 : width}
      height={height}
      fill={`color-mix(in oklab, ${fill} ${Math.round(strength * 100)}%, var(--surface))`}
      stroke="var(--surface)"
      strokeWidth={width > SEPARATED_WIDTH ? 0.75 : 0}
    />
  )
}

/** Shares of many columns read as one surface; gaps and soft edges between them would only flicker. */
function isSurface({ chart, scaled }: PlotProperties): boolean {
  return scaled.isShare && chart.buckets.length > DENSE_COUNT
}

function categoryGap(properties: PlotProperties): string {
  if (properties.chart.buckets.length <= DENSE_COUNT) return '14%'
  return isSurface(properties) ? '0%' : '6%'
}

function isPlotRow(value: unknown): value is PlotRow {
  return typeof value === 'object' && value !== null && 'isPartial' in value
}

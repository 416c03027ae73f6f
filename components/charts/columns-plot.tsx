'use client'

import { Bar, BarChart, type BarShapeProps, BarStack } from 'recharts'
import { opacityOf, type PlotProperties, type PlotRow, plotAxes, plotRows, syncOf } from './plot-frame'

const MARGIN = { top: 6, right: 6, bottom: 0, left: 0 } as const

/** More columns than this stand closer together. */
const DENSE_COUNT = 60

/** Segments of columns wider than this are separated by a hairline. */
const SEPARATED_WIDTH = 8

/** Stacked columns: sums and shares. */
export function ColumnsPlot(properties: PlotProperties) {
  const { chart, title, highlighted, syncId } = properties
  return (
    <BarChart
      responsive
      data={plotRows(properties)}
      margin={MARGIN}
      barCategoryGap={categoryGap(properties)}
      title={title}
      style={{ width: '100%', height: '100%' }}
      {...syncOf(syncId)}
    >
      {plotAxes(properties)}
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

/** Shares of many columns read as one surface; gaps between them would only flicker. */
function categoryGap({ chart, scaled }: PlotProperties): string {
  if (chart.buckets.length <= DENSE_COUNT) return '14%'
  return scaled.isShare ? '0%' : '6%'
}

function isPlotRow(value: unknown): value is PlotRow {
  return typeof value === 'object' && value !== null && 'isPartial' in value
}

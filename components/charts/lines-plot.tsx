'use client'

import { type DotItemDotProps, Line, LineChart } from 'recharts'
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

/** The last point of a line sits on the edge; its label needs room. */
const RIGHT_MARGIN = 22

/** A line for each entity, the stretch that is still filling dashed. */
export function LinesPlot(properties: PlotProperties) {
  const { chart, title, highlighted, syncId } = properties
  const rows = plotRows(properties)
  const tailStart = rows.findLastIndex((row) => !row.isPartial)
  return (
    <LineChart
      responsive
      data={rows}
      margin={plotMargin(properties, RIGHT_MARGIN)}
      title={title}
      style={{ width: '100%', height: '100%' }}
      {...syncOf(syncId)}
      {...openingOf(properties)}
    >
      {plotAxes(properties)}
      {chart.series.flatMap((series, index) => {
        const common = {
          name: series.label,
          stroke: series.color,
          strokeOpacity: opacityOf(series.key, highlighted),
          strokeWidth: series.key === highlighted ? 2.5 : 1.75,
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
            dot={LoneDot}
          />,
          <Line
            key={`${series.key} tail`}
            {...common}
            activeDot={false}
            strokeDasharray="3 3"
            dataKey={(row: PlotRow) => (rows.indexOf(row) >= tailStart ? valueAt(row) : null)}
            dot={LoneDot}
          />,
        ]
      })}
    </LineChart>
  )
}

/** A value between two gaps is no line; a dot shows it. */
function LoneDot({ cx, cy, index, points, stroke, strokeOpacity }: DotItemDotProps) {
  const hasNeighbour = [points[index - 1], points[index + 1]].some((point) => point?.y != null)
  if (hasNeighbour || cx == null || cy == null) return <g />
  return <circle cx={cx} cy={cy} r={2.5} fill={stroke} fillOpacity={strokeOpacity} />
}

'use client'

import { ChartColumnStacked, Table2 } from 'lucide-react'
import { Segmented } from '@/components/ui/segmented'
import { CHART_SCALES, type ChartScale } from '@/lib/charts/prepare-scale'
import type { ChartView } from './series-chart'

const SCALE_LABELS = { linear: 'Linear', log: 'Log', percent: '%' } satisfies Record<ChartScale, string>
const SCALE_OPTIONS = CHART_SCALES.map((scale) => ({
  value: scale,
  label: SCALE_LABELS[scale],
  ...(scale === 'percent' ? { accessibleLabel: 'Share in percent' } : {}),
}))
const VIEW_OPTIONS = [
  {
    value: 'chart' as const,
    label: <ChartColumnStacked className="size-4" aria-hidden="true" />,
    accessibleLabel: 'Chart',
  },
  {
    value: 'table' as const,
    label: <Table2 className="size-4" aria-hidden="true" />,
    accessibleLabel: 'Table',
  },
]

export function ChartControls({
  scale,
  onScaleChange,
  view,
  onViewChange,
}: {
  scale?: ChartScale
  onScaleChange?: (scale: ChartScale) => void
  view: ChartView
  onViewChange: (view: ChartView) => void
}) {
  return (
    <>
      {scale && onScaleChange ? (
        <Segmented label="Scale" options={SCALE_OPTIONS} value={scale} onChange={onScaleChange} />
      ) : null}
      <Segmented label="Show as" options={VIEW_OPTIONS} value={view} onChange={onViewChange} />
    </>
  )
}

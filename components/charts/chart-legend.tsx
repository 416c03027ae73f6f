'use client'

import clsx from 'clsx'
import type { PreparedSeries } from '@/lib/charts/prepare-series'
import { Swatch } from './swatch'

/** Names the colours; pointing at a name brings its entity forward, pressing it keeps it there. */
export function ChartLegend({
  series,
  highlighted,
  pinned,
  onPoint,
  onPin,
}: {
  series: readonly PreparedSeries[]
  highlighted: string | null
  pinned: string | null
  onPoint: (key: string | null) => void
  onPin: (key: string | null) => void
}) {
  return (
    <ul aria-label="Legend" className="-mx-1.5 flex flex-wrap gap-x-1 gap-y-0.5">
      {series.map(({ key, label, color }) => (
        <li key={key} className="max-w-full">
          <button
            type="button"
            aria-pressed={pinned === key}
            onPointerEnter={() => onPoint(key)}
            onPointerLeave={() => onPoint(null)}
            onFocus={() => onPoint(key)}
            onBlur={() => onPoint(null)}
            onClick={() => onPin(pinned === key ? null : key)}
            className={clsx(
              'flex max-w-full items-center gap-1.5 rounded-md px-1.5 py-1 text-xs transition-[opacity,background-color] hover:bg-hover',
              pinned === key && 'bg-hover',
              highlighted !== null && highlighted !== key && 'opacity-45',
            )}
          >
            <Swatch color={color} />
            <span className="truncate">{label}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}

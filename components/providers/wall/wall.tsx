'use client'

import { useRouter } from 'next/navigation'
import { memo, useCallback, useEffect, useId, useMemo, useRef, useState } from 'react'
import { liveStore } from '@/components/live/live-store'
import { STATUS_LOOKS } from '@/components/live/status-look'
import { useWindowSearch } from '@/components/time-window/use-window-search'
import type { WallEndpoint, WallGroup } from '@/lib/live/wall/group-cells'
import { layoutWall, type WallLayout } from '@/lib/live/wall/layout-wall'
import { providerPath } from '../provider-path'
import { endpointLogsPath } from './endpoint-logs-path'
import { useElementWidth } from './use-element-width'
import { type PointedCell, usePointedCell } from './use-pointed-cell'
import { useWallInput } from './use-wall-input'
import { type FreshErrors, useWallPainting } from './use-wall-painting'
import { CARD_WIDTH, WallCard } from './wall-card'
import { WallHeadings } from './wall-headings'

/**
 * Thousands of cells on one canvas. The pointer, a finger or the arrow keys choose one; a click or Enter opens its
 * provider. `onHold` says when somebody is choosing.
 */
export const Wall = memo(function Wall({
  groups,
  onHold,
}: {
  groups: readonly WallGroup[]
  onHold: (isHeld: boolean) => void
}) {
  const router = useRouter()
  const windowSearch = useWindowSearch()
  const helpId = useId()
  const frame = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const fresh = useRef<FreshErrors>(new Map())
  const width = useElementWidth(frame)
  const layout = useMemo(() => (width === null ? null : layoutWall({ groups, width })), [groups, width])
  const height = useTallest(layout)
  const endpoints = useMemo(
    () => new Map(groups.flatMap((group) => group.endpoints.map((one) => [one.endpointId, one] as const))),
    [groups],
  )
  const { pointed, point, clear } = usePointedCell({ frame, onHold })
  useWallPainting({ canvas, layout, fresh })

  const endpoint = pointed === null ? undefined : endpoints.get(pointed.endpointId)
  const hrefOf = useCallback((provider: string) => providerPath({ provider, windowSearch }), [windowSearch])
  const open = (endpointId: number) => {
    const provider = endpoints.get(endpointId)?.provider
    if (provider !== undefined) router.push(hrefOf(provider))
  }
  const handlers = useWallInput({ layout, pointed, point, clear, open })
  return (
    <div ref={frame} className="relative" style={{ minHeight: height }}>
      {layout ? <WallHeadings layout={layout} hrefOf={hrefOf} /> : null}
      <div
        role="application"
        aria-label="Endpoints, one cell each"
        aria-describedby={helpId}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move over the cells
        tabIndex={0}
        {...handlers}
        className="cursor-pointer rounded-md"
      >
        <canvas
          ref={canvas}
          className="block"
          style={layout ? { width: layout.width, height: layout.height } : { width: '100%', height: 0 }}
        />
      </div>
      <p id={helpId} className="sr-only">
        Arrow keys move from cell to cell, Enter opens the provider. What fails is listed beside the wall.
      </p>
      <p aria-live="polite" className="sr-only">
        {endpoint && pointed?.by === 'keys' ? inWords(endpoint) : null}
      </p>
      {layout && pointed && endpoint ? (
        <PointedMark
          layout={layout}
          pointed={pointed}
          endpoint={endpoint}
          providerHref={hrefOf(endpoint.provider)}
        />
      ) : null}
    </div>
  )
})

/**
 * The greatest height the same cells have had at the same width: another order makes columns a row longer or shorter,
 * and what stands below must not move with it.
 */
function useTallest(layout: WallLayout | null): number {
  const key = layout === null ? '' : `${layout.width} ${layout.groups.length} ${layout.cells.length}`
  const height = layout?.height ?? 0
  const [tallest, setTallest] = useState({ key, height })
  if (tallest.key !== key || tallest.height < height) setTallest({ key, height })
  return tallest.key === key ? Math.max(tallest.height, height) : height
}

/** A frame around the chosen cell, and its card beside it. */
function PointedMark({
  layout,
  pointed,
  endpoint,
  providerHref,
}: {
  layout: WallLayout
  pointed: PointedCell
  endpoint: WallEndpoint
  providerHref: string
}) {
  const mark = useRef<HTMLSpanElement>(null)
  const cell = layout.cells.find(({ endpointId }) => endpointId === pointed.endpointId)
  useEffect(() => {
    if (cell && pointed.by === 'keys') mark.current?.scrollIntoView({ block: 'nearest' })
  }, [cell, pointed.by])
  if (cell === undefined) return null
  const { cellSize } = layout
  const left = Math.max(0, Math.min(cell.x, layout.width - CARD_WIDTH))
  const place = pointed.isLow ? { bottom: layout.height - cell.y + 8 } : { top: cell.y + cellSize + 8 }
  return (
    <>
      <span
        ref={mark}
        aria-hidden="true"
        className="pointer-events-none absolute scroll-my-16 rounded-sm outline-2 outline-offset-1 outline-foreground"
        style={{ left: cell.x, top: cell.y, width: cellSize, height: cellSize }}
      />
      <WallCard
        endpoint={endpoint}
        providerHref={providerHref}
        logsHref={endpointLogsPath(endpoint)}
        isPinned={pointed.by === 'touch'}
        style={{ left, ...place }}
      />
    </>
  )
}

function inWords({ endpointId, modelName, providerName }: WallEndpoint): string {
  const live = liveStore().read().state?.endpoints.get(endpointId)
  const { label } = STATUS_LOOKS[live?.status ?? 'unknown']
  const errors = live?.countedErrors5m ? `, ${live.countedErrors5m} errors in five minutes` : ''
  return `${modelName} at ${providerName}: ${label}${errors}`
}

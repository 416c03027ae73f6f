'use client'

import { useTheme } from 'next-themes'
import { type RefObject, useEffect } from 'react'
import { liveStore } from '@/components/live/live-store'
import type { LiveEndpoint } from '@/lib/live/schema'
import { withGrownErrors } from '@/lib/live/wall/cell-rank'
import type { WallLayout } from '@/lib/live/wall/layout-wall'
import { lookOf } from './draw-cell'
import { createWallPainter } from './wall-painter'
import { readPalette } from './wall-palette'

/** How long a cell is framed after an error came in. */
const FRESH_MS = 5_000
const NO_ENDPOINTS: ReadonlyMap<number, LiveEndpoint> = new Map()

/** When an error last came in at each endpoint; kept over a new layout. */
export type FreshErrors = Map<number, number>

/** Keeps the canvas showing the live state, without drawing any component anew. */
export function useWallPainting({
  canvas,
  layout,
  fresh,
}: {
  canvas: RefObject<HTMLCanvasElement | null>
  layout: WallLayout | null
  fresh: RefObject<FreshErrors>
}): void {
  const { resolvedTheme } = useTheme()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme changes what the palette reads from the page
  useEffect(() => {
    if (canvas.current === null || layout === null) return
    const palette = readPalette(canvas.current)
    const pixelRatio = window.devicePixelRatio
    const painter = createWallPainter({ canvas: canvas.current, layout, palette, pixelRatio })
    let shown = liveStore().read().state?.endpoints ?? null
    let fadeTimer: ReturnType<typeof setTimeout> | undefined
    const paint = () => {
      const nowMs = Date.now()
      const isFresh = (endpointId: number) => nowMs - (fresh.current.get(endpointId) ?? 0) < FRESH_MS
      const live = shown ?? NO_ENDPOINTS
      painter.paint((endpointId) => lookOf(live.get(endpointId), isFresh(endpointId)))
    }
    const follow = () => {
      const endpoints = liveStore().read().state?.endpoints
      if (endpoints === undefined || endpoints === shown) return
      const grown = shown === null ? [] : withGrownErrors(shown, endpoints)
      for (const endpointId of grown) fresh.current.set(endpointId, Date.now())
      shown = endpoints
      paint()
      if (grown.length === 0) return
      clearTimeout(fadeTimer)
      fadeTimer = setTimeout(paint, FRESH_MS)
    }
    paint()
    const leave = liveStore().subscribe(follow)
    return () => {
      clearTimeout(fadeTimer)
      leave()
    }
  }, [canvas, layout, fresh, resolvedTheme])
}

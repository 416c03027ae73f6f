'use client'

import { type RefObject, useCallback, useEffect, useState } from 'react'
import type { PlacedCell } from '@/lib/live/wall/layout-wall'

export type PointedCell = {
  endpointId: number
  by: 'mouse' | 'touch' | 'keys'
  /** Whether below it there is no room for a card. */
  isLow: boolean
}

const CARD_ROOM = 250

/** Which cell somebody points at, by whatever means. A touch elsewhere lets go of it. */
export function usePointedCell({
  frame,
  onHold,
}: {
  frame: RefObject<HTMLElement | null>
  onHold: (isHeld: boolean) => void
}) {
  const [pointed, setPointed] = useState<PointedCell | null>(null)
  const point = useCallback(
    ({ cell, by }: { cell: PlacedCell; by: PointedCell['by'] }) => {
      const top = (frame.current?.getBoundingClientRect().top ?? 0) + cell.y
      const isLow = top > CARD_ROOM && window.innerHeight - top < CARD_ROOM
      onHold(true)
      setPointed((before) =>
        before?.endpointId === cell.endpointId && before.by === by
          ? before
          : { endpointId: cell.endpointId, by, isLow },
      )
    },
    [frame, onHold],
  )
  const clear = useCallback(() => {
    onHold(false)
    setPointed(null)
  }, [onHold])
  const isTouched = pointed?.by === 'touch'
  useEffect(() => {
    if (!isTouched) return
    const letGo = (event: PointerEvent) => {
      if (event.target instanceof Node && !frame.current?.contains(event.target)) clear()
    }
    document.addEventListener('pointerdown', letGo)
    return () => document.removeEventListener('pointerdown', letGo)
  }, [isTouched, frame, clear])
  return { pointed, point, clear }
}

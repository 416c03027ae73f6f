'use client'

import type { KeyboardEvent, MouseEvent, PointerEvent } from 'react'
import { cellAt, MOVE_KEYS, moveFrom } from '@/lib/live/wall/find-cell'
import type { PlacedCell, WallLayout } from '@/lib/live/wall/layout-wall'
import type { PointedCell } from './use-pointed-cell'

/**
 * What pointer, finger and keys do on the wall: the mouse and the arrows choose a cell, a click or Enter opens it; a finger
 * chooses with its first touch and opens with the second.
 */
export function useWallInput({
  layout,
  pointed,
  point,
  clear,
  open,
}: {
  layout: WallLayout | null
  pointed: PointedCell | null
  point: (choice: { cell: PlacedCell; by: PointedCell['by'] }) => void
  clear: () => void
  open: (endpointId: number) => void
}) {
  const cellUnder = (event: MouseEvent) => {
    const box = event.currentTarget.getBoundingClientRect()
    if (layout === null) return undefined
    const index = cellAt({ layout, x: event.clientX - box.left, y: event.clientY - box.top })
    return index === null ? undefined : layout.cells[index]
  }
  return {
    onPointerMove: (event: PointerEvent) => {
      if (event.pointerType !== 'mouse') return
      const cell = cellUnder(event)
      if (cell) point({ cell, by: 'mouse' })
      else clear()
    },
    onPointerLeave: (event: PointerEvent) => {
      if (event.pointerType === 'mouse') clear()
    },
    onClick: (event: MouseEvent) => {
      const cell = cellUnder(event)
      if (cell === undefined) clear()
      else if (isTouch(event) && pointed?.endpointId !== cell.endpointId) point({ cell, by: 'touch' })
      else open(cell.endpointId)
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (layout === null) return
      if (event.key === 'Escape') clear()
      if (event.key === 'Enter' && pointed) open(pointed.endpointId)
      const key = MOVE_KEYS.find((one) => one === event.key)
      if (key === undefined) return
      event.preventDefault()
      const index = layout.cells.findIndex(({ endpointId }) => endpointId === pointed?.endpointId)
      const cell = layout.cells[index === -1 ? 0 : moveFrom({ layout, index, key })]
      if (cell) point({ cell, by: 'keys' })
    },
    onFocus: (event: { currentTarget: Element }) => {
      const cell = layout?.cells[0]
      const isByKeys = event.currentTarget.matches(':focus-visible')
      if (cell && pointed === null && isByKeys) point({ cell, by: 'keys' })
    },
    onBlur: () => {
      if (pointed?.by === 'keys') clear()
    },
  }
}

/** A click says by which pointer it was made. */
function isTouch({ nativeEvent }: MouseEvent): boolean {
  return nativeEvent instanceof window.PointerEvent && nativeEvent.pointerType !== 'mouse'
}

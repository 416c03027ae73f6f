import type { WallLayout } from './layout-wall'

/** Index of the cell at a point, or of one a pixel or two beside it; null where there is none. */
export function cellAt({
  layout,
  x,
  y,
  slack = 2,
}: {
  layout: WallLayout
  x: number
  y: number
  /** How far beside a cell still hits it, in pixels. */
  slack?: number
}): number | null {
  const size = layout.cellSize + slack
  const index = layout.cells.findIndex(
    (cell) => x >= cell.x - slack && x < cell.x + size && y >= cell.y - slack && y < cell.y + size,
  )
  return index === -1 ? null : index
}

export const MOVE_KEYS = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'] as const
export type MoveKey = (typeof MOVE_KEYS)[number]

/** Where a key leads from a cell; the cell itself at the edge of the wall. */
export function moveFrom({
  layout,
  index,
  key,
}: {
  layout: WallLayout
  index: number
  key: MoveKey
}): number {
  const last = layout.cells.length - 1
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, index - 1)
    case 'ArrowRight':
      return Math.min(last, index + 1)
    case 'Home':
      return 0
    case 'End':
      return last
    case 'ArrowUp':
      return nearest({ layout, index, direction: -1 })
    case 'ArrowDown':
      return nearest({ layout, index, direction: 1 })
  }
}

/** Leaving the column counts more than distance along it. */
const SIDEWAYS_COST = 4

function nearest({
  layout,
  index,
  direction,
}: {
  layout: WallLayout
  index: number
  direction: 1 | -1
}): number {
  const from = layout.cells[index]
  if (from === undefined) return index
  let best = index
  let bestCost = Number.POSITIVE_INFINITY
  for (const [candidate, { x, y }] of layout.cells.entries()) {
    const ahead = (y - from.y) * direction
    const cost = ahead + Math.abs(x - from.x) * SIDEWAYS_COST
    if (ahead > 0 && cost < bestCost) {
      best = candidate
      bestCost = cost
    }
  }
  return best
}

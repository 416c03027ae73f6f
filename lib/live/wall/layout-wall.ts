import type { WallGroup } from './group-cells'

/** A provider's cells on the wall, in pixels. */
export type PlacedGroup = {
  provider: string
  providerName: string
  x: number
  y: number
  width: number
  /** Index of its first cell among all, and how many it has. */
  firstCell: number
  count: number
}

export type PlacedCell = { endpointId: number; x: number; y: number }

export type WallLayout = {
  width: number
  height: number
  /** Edge of a cell. */
  cellSize: number
  groups: PlacedGroup[]
  /** In the order of the groups. */
  cells: PlacedCell[]
}

export const HEADING_HEIGHT = 24
const GROUP_GAP = 16
const COLUMN_GAP = 24
const NARROWEST_COLUMN = 220

/** Up to that many cells get cells of that size. */
const SIZES = [
  { upTo: 150, size: 20, gap: 4 },
  { upTo: 800, size: 15, gap: 3 },
  { upTo: Number.POSITIVE_INFINITY, size: 11, gap: 3 },
] as const

/**
 * Places every provider's heading and cells in columns: each group goes to the column that is shortest so far, so
 * reading from the top follows the order of the groups.
 */
export function layoutWall({ groups, width }: { groups: readonly WallGroup[]; width: number }): WallLayout {
  const total = groups.reduce((sum, { endpoints }) => sum + endpoints.length, 0)
  const { size, gap } = SIZES.find(({ upTo }) => total <= upTo) ?? SIZES[2]
  const columnCount = Math.max(1, Math.floor((width + COLUMN_GAP) / (NARROWEST_COLUMN + COLUMN_GAP)))
  const columnWidth = Math.floor((width - (columnCount - 1) * COLUMN_GAP) / columnCount)
  const perRow = Math.max(1, Math.floor((columnWidth + gap) / (size + gap)))
  const bottoms = Array.from({ length: columnCount }, () => 0)
  const placed: PlacedGroup[] = []
  const cells: PlacedCell[] = []
  for (const { provider, providerName, endpoints } of groups) {
    const column = shortest(bottoms)
    const x = column * (columnWidth + COLUMN_GAP)
    const y = bottoms[column] ?? 0
    placed.push({
      provider,
      providerName,
      x,
      y,
      width: columnWidth,
      firstCell: cells.length,
      count: endpoints.length,
    })
    for (const [index, { endpointId }] of endpoints.entries()) {
      const row = Math.floor(index / perRow)
      cells.push({
        endpointId,
        x: x + (index % perRow) * (size + gap),
        y: y + HEADING_HEIGHT + row * (size + gap),
      })
    }
    const rows = Math.ceil(endpoints.length / perRow)
    bottoms[column] = y + HEADING_HEIGHT + rows * (size + gap) + GROUP_GAP
  }
  const height = Math.max(0, Math.max(...bottoms) - GROUP_GAP)
  return { width, height, cellSize: size, groups: placed, cells }
}

function shortest(bottoms: readonly number[]): number {
  return bottoms.reduce((best, bottom, index) => (bottom < (bottoms[best] ?? 0) ? index : best), 0)
}

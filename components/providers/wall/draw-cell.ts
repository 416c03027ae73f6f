import type { LiveEndpoint } from '@/lib/live/schema'
import { cellRank } from '@/lib/live/wall/cell-rank'
import type { WallPalette } from './wall-palette'

/** Every look a cell can have: its rank, and whether an error has just come in. */
export const CELL_LOOKS = [
  'unknown',
  'unknown_with_errors',
  'healthy',
  'degraded',
  'down',
  'unknown_fresh',
  'unknown_with_errors_fresh',
  'healthy_fresh',
  'degraded_fresh',
  'down_fresh',
] as const
export type CellLook = (typeof CELL_LOOKS)[number]

export function lookOf(endpoint: LiveEndpoint | undefined, isFresh: boolean): CellLook {
  const rank = cellRank(endpoint)
  return isFresh ? `${rank}_fresh` : rank
}

/**
 * Draws a cell with its corner at the origin. Shapes differ as well as colours: healthy is full, degraded has a bar, down
 * a cross, too little traffic is hollow; an error in it is a dot, and one that has just come in a frame.
 */
export function drawCell({
  context,
  look,
  size,
  palette,
}: {
  context: CanvasRenderingContext2D
  look: CellLook
  size: number
  palette: WallPalette
}): void {
  const rank = look.replace('_fresh', '')
  const isFresh = look !== rank
  if (rank === 'unknown' || rank === 'unknown_with_errors') {
    outline({ context, inset: 0.5, size, width: 1, color: palette.hollow })
  } else {
    context.fillStyle =
      rank === 'healthy' ? palette.healthy : rank === 'down' ? palette.down : palette.degraded
    context.beginPath()
    context.roundRect(0, 0, size, size, size / 5)
    context.fill()
  }
  if (rank === 'degraded') {
    context.fillStyle = palette.surface
    context.fillRect(size * 0.22, size * 0.58, size * 0.56, size * 0.18)
  }
  if (rank === 'down') cross({ context, size, color: palette.surface })
  if (rank === 'unknown_with_errors') {
    context.fillStyle = palette.mark
    context.beginPath()
    context.arc(size / 2, size / 2, size / 4.5, 0, 2 * Math.PI)
    context.fill()
  }
  if (!isFresh) return
  outline({ context, inset: 2, size, width: 1.5, color: palette.surface })
  outline({ context, inset: 0.75, size, width: 2, color: palette.mark })
}

function cross({ context, size, color }: { context: CanvasRenderingContext2D; size: number; color: string }) {
  const near = size * 0.28
  const far = size * 0.72
  context.strokeStyle = color
  context.lineWidth = Math.max(1.25, size / 8)
  context.beginPath()
  context.moveTo(near, near)
  context.lineTo(far, far)
  context.moveTo(far, near)
  context.lineTo(near, far)
  context.stroke()
}

function outline({
  context,
  inset,
  size,
  width,
  color,
}: {
  context: CanvasRenderingContext2D
  inset: number
  size: number
  width: number
  color: string
}) {
  context.strokeStyle = color
  context.lineWidth = width
  context.beginPath()
  context.roundRect(inset, inset, size - 2 * inset, size - 2 * inset, Math.max(1, size / 5 - inset))
  context.stroke()
}

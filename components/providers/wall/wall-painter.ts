import type { WallLayout } from '@/lib/live/wall/layout-wall'
import { CELL_LOOKS, type CellLook, drawCell } from './draw-cell'
import type { WallPalette } from './wall-palette'

export type WallPainter = {
  /** Draws the cells whose look is not what is on the canvas. */
  paint: (lookOf: (endpointId: number) => CellLook) => void
}

/** Room around a picture, so that scaling never takes a neighbour's edge. */
const SPRITE_GAP = 2

/**
 * Draws thousands of cells each second at little cost: each look is drawn once into a strip of pictures, and only cells
 * that changed are copied from it.
 */
export function createWallPainter({
  canvas,
  layout,
  palette,
  pixelRatio,
}: {
  canvas: HTMLCanvasElement
  layout: WallLayout
  palette: WallPalette
  pixelRatio: number
}): WallPainter {
  canvas.width = Math.max(1, Math.round(layout.width * pixelRatio))
  canvas.height = Math.max(1, Math.round(layout.height * pixelRatio))
  const context = canvas.getContext('2d')
  const { cellSize, cells } = layout
  const strip = drawStrip({ cellSize, palette, pixelRatio })
  const spritePixels = Math.round(cellSize * pixelRatio)
  const drawn: (CellLook | undefined)[] = []
  return {
    paint: (lookOf) => {
      if (context === null) return
      for (const [index, { endpointId, x, y }] of cells.entries()) {
        const look = lookOf(endpointId)
        if (look === drawn[index]) continue
        const left = Math.round(x * pixelRatio)
        const top = Math.round(y * pixelRatio)
        if (drawn[index] !== undefined) context.clearRect(left, top, spritePixels, spritePixels)
        context.drawImage(
          strip,
          CELL_LOOKS.indexOf(look) * (spritePixels + SPRITE_GAP),
          0,
          spritePixels,
          spritePixels,
          left,
          top,
          spritePixels,
          spritePixels,
        )
        drawn[index] = look
      }
    },
  }
}

function drawStrip({
  cellSize,
  palette,
  pixelRatio,
}: {
  cellSize: number
  palette: WallPalette
  pixelRatio: number
}): HTMLCanvasElement {
  const spritePixels = Math.round(cellSize * pixelRatio)
  const strip = document.createElement('canvas')
  strip.width = CELL_LOOKS.length * (spritePixels + SPRITE_GAP)
  strip.height = spritePixels
  const context = strip.getContext('2d')
  if (context === null) return strip
  for (const [index, look] of CELL_LOOKS.entries()) {
    context.setTransform(pixelRatio, 0, 0, pixelRatio, index * (spritePixels + SPRITE_GAP), 0)
    drawCell({ context, look, size: spritePixels / pixelRatio, palette })
  }
  return strip
}

/** Part of the plot's width beside each edge where centred words would be cut. */
const EDGE = 0.25

/** The words above a mark's line, kept inside the plot: `position` is 0 at its left edge and 1 at its right. */
export function MarkLabel({
  text,
  position,
  viewBox,
}: {
  text: string
  position: number
  /** Given by the drawing library. */
  viewBox?: { x?: number; y?: number }
}) {
  const { x, y } = viewBox ?? {}
  if (x === undefined || y === undefined) return null
  const anchor = position < EDGE ? 'start' : position > 1 - EDGE ? 'end' : 'middle'
  return (
    <text x={x} y={y - 7} textAnchor={anchor} fill="var(--foreground)" fontSize={11} fontWeight={500}>
      {text}
    </text>
  )
}

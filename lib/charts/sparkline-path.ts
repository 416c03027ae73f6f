/** Room for half a stroke, so that the highest point is not cut. */
const PADDING = 1.5
const FEWEST_POINTS = 2

/**
 * SVG path of values from 0 to their maximum; null when there are too few for a trend. Long series are averaged down
 * to one point per pixel pair: more cannot be seen, and a table holds many of them.
 */
export function sparklinePath(
  values: readonly number[],
  { width, height }: { width: number; height: number },
): string | null {
  if (values.length < FEWEST_POINTS) return null
  const points = averageDown(values, Math.floor(width / 2))
  const highest = Math.max(...points)
  const span = height - 2 * PADDING
  const coordinates = points.map((value, index) => {
    const x = (index / (points.length - 1)) * width
    const y = height - PADDING - (highest > 0 ? value / highest : 0) * span
    return `${round(x)},${round(y)}`
  })
  return `M${coordinates.join('L')}`
}

function averageDown(values: readonly number[], most: number): number[] {
  if (values.length <= most) return [...values]
  return Array.from({ length: most }, (_, index) => {
    const slice = values.slice(
      Math.floor((index * values.length) / most),
      Math.floor(((index + 1) * values.length) / most),
    )
    return slice.reduce((total, value) => total + value, 0) / slice.length
  })
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

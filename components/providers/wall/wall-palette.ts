/** The colours of the wall as the theme has them: a canvas cannot read CSS variables by itself. */
export type WallPalette = {
  healthy: string
  degraded: string
  down: string
  hollow: string
  mark: string
  surface: string
}

export function readPalette(element: Element): WallPalette {
  const style = getComputedStyle(element)
  const color = (name: string) => style.getPropertyValue(name).trim()
  return {
    healthy: color('--status-healthy'),
    degraded: color('--status-degraded'),
    down: color('--negative'),
    hollow: color('--border-strong'),
    mark: color('--negative'),
    surface: color('--surface'),
  }
}

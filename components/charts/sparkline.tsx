import clsx from 'clsx'
import { sparklinePath } from '@/lib/charts/sparkline-path'

const WIDTH = 96
const HEIGHT = 24

/** A trend without axes; its numbers stand beside it, so it is silent to screen readers. */
export function Sparkline({
  values,
  color = 'var(--muted)',
  isFilled = false,
  className,
}: {
  values: readonly number[]
  color?: string
  isFilled?: boolean
  className?: string
}) {
  const path = sparklinePath(values, { width: WIDTH, height: HEIGHT })
  if (path === null) return <span aria-hidden="true" className={className} />
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      className={clsx('block', className)}
    >
      {isFilled ? (
        <path d={`${path}L${WIDTH},${HEIGHT}L0,${HEIGHT}Z`} fill={color} fillOpacity={0.1} />
      ) : null}
      <path
        d={path}
        fill="none"
        stroke={color}
        strokeWidth={1.5}
        strokeLinejoin="round"
        strokeLinecap="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  )
}

import clsx from 'clsx'
import { type Interval, type IntervalScale, placeInterval, placeShare } from '@/lib/charts/interval-scale'
import { formatPercent } from '@/lib/platform/format'

/**
 * A share as a dot with its interval as a line, on an axis that other rows have too; its numbers stand beside it, so it
 * is silent to screen readers. Without an interval the track is empty.
 */
export function IntervalTrack({
  interval,
  scale,
  color,
  className,
}: {
  interval: Interval | null
  scale: IntervalScale
  color: string
  className?: string
}) {
  const marks = interval === null ? null : placeInterval(interval, scale)
  return (
    <span aria-hidden="true" className={clsx('relative block h-6', className)}>
      <Grid scale={scale} />
      {marks ? (
        <>
          <span
            className="absolute top-1/2 h-1.5 -translate-y-1/2 rounded-full"
            style={{
              left: `${marks.low}%`,
              width: `${Math.max(marks.high - marks.low, 0.5)}%`,
              background: `color-mix(in oklab, ${color} 32%, var(--surface))`,
            }}
          />
          <Dot at={marks.value} color={color} />
        </>
      ) : null}
    </span>
  )
}

/** A share as a dot alone. */
export function DotTrack({
  share,
  scale,
  color,
  className,
}: {
  share: number | null
  scale: IntervalScale
  color: string
  className?: string
}) {
  return (
    <span aria-hidden="true" className={clsx('relative block h-6', className)}>
      <Grid scale={scale} />
      {share === null ? null : <Dot at={placeShare(share, scale.highest)} color={color} />}
    </span>
  )
}

/** The labels of the axis that the tracks below share. */
export function TrackAxis({ scale, className }: { scale: IntervalScale; className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={clsx('relative block h-4 text-2xs font-normal text-muted', className)}
    >
      {scale.ticks.map((tick) => (
        <span
          key={tick}
          className="absolute -translate-x-1/2 tabular-nums first:translate-x-0 last:-translate-x-full"
          style={{ left: `${placeShare(tick, scale.highest)}%` }}
        >
          {formatPercent(tick).replace('.0%', '%')}
        </span>
      ))}
    </span>
  )
}

function Grid({ scale }: { scale: IntervalScale }) {
  return scale.ticks.map((tick) => (
    <span
      key={tick}
      className="absolute inset-y-0 w-px bg-border"
      style={{ left: `${placeShare(tick, scale.highest)}%` }}
    />
  ))
}

function Dot({ at, color }: { at: number; color: string }) {
  return (
    <span
      className="absolute top-1/2 size-2.5 -translate-x-1/2 -translate-y-1/2 rounded-full border-2 border-surface"
      style={{ left: `${at}%`, background: color }}
    />
  )
}

import clsx from 'clsx'
import type { ReactNode } from 'react'
import { UptimeFigure, uptimeBackground } from '@/components/providers/attempt-figures'
import { formatBucket, formatPercent } from '@/lib/platform/format'

export type StripBucket = {
  startMs: number
  endMs: number
  isPartial: boolean
  share: number | null
  sample: string
}

/** A share over time as a strip of coloured cells, newest on the right; the table beside it has the numbers. */
export function AvailabilityStrip({
  label,
  info,
  total,
  buckets,
}: {
  label: string
  info?: ReactNode
  /** Over the whole window. */
  total: number | null
  buckets: readonly StripBucket[]
}) {
  const known = buckets.filter(({ share }) => share !== null)
  return (
    <div>
      <div className="mb-1.5 flex items-baseline justify-between gap-3 text-sm">
        <span className="inline-flex items-center gap-1.5">
          {label}
          {info}
        </span>
        <span className="tabular-nums">
          <UptimeFigure uptime={total} attempts={0} />
        </span>
      </div>
      <div
        role="img"
        aria-label={`${label}: ${formatPercent(total)} over the window; ${known.length} of ${buckets.length} columns have enough data`}
        className="flex h-9 gap-px overflow-hidden rounded-md sm:gap-0.5"
      >
        {buckets.map(({ startMs, endMs, isPartial, share, sample }) => (
          <span
            key={startMs}
            title={`${formatBucket(startMs, endMs)}: ${share === null ? 'not enough data' : formatPercent(share)}, ${sample}`}
            className={clsx(
              'min-w-0 flex-1 rounded-[2px]',
              uptimeBackground(share),
              isPartial && 'opacity-50',
            )}
          />
        ))}
      </div>
    </div>
  )
}

/** When the strips above begin and end. */
export function StripAxis({ buckets }: { buckets: readonly { startMs: number; endMs: number }[] }) {
  const first = buckets[0]
  const last = buckets.at(-1)
  if (first === undefined || last === undefined) return null
  return (
    <div className="-mt-2.5 flex justify-between text-2xs text-muted tabular-nums">
      <span>{formatBucket(first.startMs, first.endMs)}</span>
      <span>{formatBucket(last.startMs, last.endMs)}</span>
    </div>
  )
}

import { formatCompact, formatExact, formatPercent } from '@/lib/platform/format'

/** A rate with its sample and, where there is one, its 95% interval: a rate alone says nothing. */
export function Sampled({
  rate,
  sample,
  sampleName,
  interval,
}: {
  rate: number | null
  sample: number
  /** What the sample counts: checked, offered. */
  sampleName: string
  interval: { low: number; high: number } | null
}) {
  if (sample === 0) return <span className="text-muted">–</span>
  const range = interval && `${formatPercent(interval.low)}–${formatPercent(interval.high)}`
  return (
    <span title={range ? `95% interval ${range}` : undefined}>
      {rate === null ? (
        <span className="text-xs text-muted">not enough data</span>
      ) : (
        <>
          {formatPercent(rate)}
          {range ? <span className="block text-2xs text-muted">{range}</span> : null}
        </>
      )}
      <span className="block text-2xs text-muted" title={`${formatExact(sample)} ${sampleName}`}>
        {formatCompact(sample)} {sampleName}
      </span>
    </span>
  )
}

import { formatExact, formatPercent } from '@/lib/platform/format'

type Rate = { errorRate: number | null; errorRateLow: number | null; errorRateHigh: number | null }

/** An error rate with its interval; or that there is not enough data. The sample is always said. */
export function ErrorRate({
  rate,
  bad,
  sample,
  of,
}: {
  rate: Rate
  bad: number
  sample: number
  of: string
}) {
  const counts = `${formatExact(bad)} of ${formatExact(sample)} ${of}`
  if (rate.errorRate === null) {
    return (
      <span className="block tabular-nums">
        <span className="block text-muted">{sample === 0 ? 'No checked calls' : 'Not enough data'}</span>
        {sample === 0 ? null : <span className="block text-xs text-muted">{counts} bad</span>}
      </span>
    )
  }
  return (
    <span className="block tabular-nums" title={`${counts} bad`}>
      <span className={rate.errorRate > 0 ? 'font-medium' : 'text-muted'}>
        {formatPercent(rate.errorRate)}
      </span>
      <span className="ml-1.5 text-xs text-muted">
        {bareFigure(rate.errorRateLow)}–{formatPercent(rate.errorRateHigh)}
      </span>
      <span className="block text-xs text-muted">{counts}</span>
    </span>
  )
}

/** The lower end of a range carries no unit of its own. */
function bareFigure(share: number | null): string {
  return formatPercent(share).replace('%', '')
}

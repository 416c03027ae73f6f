import clsx from 'clsx'
import { formatExact, formatPercent } from '@/lib/platform/format'
import type { TrialSummary } from '@/lib/trials/schema'

/** How many calls went wrong and their share; red when some did, green when a trial made calls and none did. */
export function ErrorCount({ summary: { errors, made } }: { summary: TrialSummary }) {
  return (
    <span className={clsx('font-medium tabular-nums', errorTone({ errors, made }))}>
      {formatExact(errors)}
      {errors > 0 ? (
        <span className="ml-1.5 text-xs font-normal text-muted">{formatPercent(errors / made)}</span>
      ) : null}
    </span>
  )
}

export function errorTone({ errors, made }: { errors: number; made: number }): string {
  if (errors > 0) return 'text-negative'
  return made > 0 ? 'text-positive' : ''
}

import clsx from 'clsx'
import Link from 'next/link'
import { Moment } from '@/components/ui/moment'
import { formatDuration, formatExact, formatPercent } from '@/lib/platform/format'
import { providersText } from '@/lib/trials/compare-trials'
import type { Trial } from '@/lib/trials/schema'
import { ErrorCount } from './error-count'
import { TrialStatus } from './trial-status'

const CELL = 'max-md:text-xs'

export function TrialRow({
  trial,
  isCompared,
  onToggle,
}: {
  trial: Trial
  isCompared: boolean
  onToggle: () => void
}) {
  const { summary } = trial
  return (
    <tr
      className={clsx(
        'border-b last:border-b-0 hover:bg-sunken max-md:grid max-md:grid-cols-[auto_1fr_auto] max-md:gap-x-3 max-md:gap-y-1 max-md:border-t max-md:border-b-0 max-md:px-4 max-md:py-3 md:h-14',
        isCompared && 'bg-accent-soft hover:bg-accent-soft',
      )}
    >
      <td className="md:pl-5 max-md:row-span-3">
        <label className="flex size-6 items-center justify-center">
          <input
            type="checkbox"
            checked={isCompared}
            onChange={onToggle}
            aria-label={`Compare the trial of ${trial.preset} of ${trial.startedAt.slice(11, 19)}`}
            className="size-4 accent-accent"
          />
        </label>
      </td>
      <th scope="row" className="min-w-0 text-left font-medium md:max-w-64">
        <Link
          href={`/trials/${trial.id}`}
          className="block truncate underline-offset-2 hover:underline"
          title={trial.preset}
        >
          {trial.preset}
          {trial.presetVersion === null ? null : (
            <span className="ml-1.5 font-normal text-muted tabular-nums">v{trial.presetVersion}</span>
          )}
        </Link>
        <span className="block text-xs font-normal text-muted">
          <Moment iso={trial.startedAt} /> · {trial.origin === 'page' ? 'on this server' : 'from a terminal'}
          {trial.stream ? ' · streamed' : ''}
        </span>
      </th>
      <td className={clsx(CELL, 'min-w-0 truncate md:max-w-56 max-md:order-4')} title={providersText(trial)}>
        {providersText(trial)}
      </td>
      <td className={clsx(CELL, 'text-right tabular-nums max-md:order-5')}>
        {formatExact(summary.made)}
        {summary.made < trial.calls ? (
          <span className="text-muted"> of {formatExact(trial.calls)}</span>
        ) : (
          <span className="text-muted md:hidden"> calls</span>
        )}
      </td>
      <td className="whitespace-nowrap md:pl-6 max-md:order-6">
        <ErrorCount summary={summary} />
        <span className="text-xs text-muted md:hidden"> {summary.errors === 1 ? 'error' : 'errors'}</span>
      </td>
      <td className="text-right tabular-nums max-lg:hidden">{formatPercent(summary.toolUseRate)}</td>
      <td className="text-right tabular-nums max-lg:hidden">{formatDuration(summary.latencyMsP50)}</td>
      <td className="md:pr-5 md:pl-6 max-md:order-3 max-md:text-right">
        <TrialStatus status={trial.status} />
      </td>
    </tr>
  )
}

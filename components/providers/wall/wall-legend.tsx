'use client'

import clsx from 'clsx'
import { STATUS_LOOKS, STATUS_ORDER } from '@/components/live/status-look'
import { StatusMark } from '@/components/live/status-mark'
import { formatExact } from '@/lib/platform/format'
import type { HealthStatus } from '@/lib/records/vocabulary'

/** What the cells mean and how many there are of each; pressing some shows only those. */
export function WallLegend({
  counts,
  statuses,
  onChange,
}: {
  counts: Record<HealthStatus, number> | undefined
  statuses: readonly HealthStatus[]
  onChange: (statuses: HealthStatus[]) => void
}) {
  const toggle = (status: HealthStatus) =>
    onChange(statuses.includes(status) ? statuses.filter((one) => one !== status) : [...statuses, status])
  return (
    <fieldset className="-mx-1.5 flex min-w-0 flex-wrap gap-x-1 gap-y-0.5">
      <legend className="sr-only">Show only endpoints that are</legend>
      {STATUS_ORDER.map((status) => (
        <button
          key={status}
          type="button"
          aria-pressed={statuses.includes(status)}
          onClick={() => toggle(status)}
          className={clsx(
            'flex h-7 items-center gap-1.5 rounded-md px-1.5 text-xs hover:bg-hover',
            statuses.includes(status) && 'bg-hover ring-1 ring-border-strong',
          )}
        >
          <StatusMark status={status} />
          {STATUS_LOOKS[status].label}
          <span className="text-muted tabular-nums">{counts ? formatExact(counts[status]) : ''}</span>
        </button>
      ))}
    </fieldset>
  )
}

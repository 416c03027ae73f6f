import clsx from 'clsx'
import type { HealthStatus } from '@/lib/records/vocabulary'
import { STATUS_LOOKS } from './status-look'

/** The sign of a status: full, half, crossed out or hollow, in its colour. Decoration beside its name. */
export function StatusMark({ status, className }: { status: HealthStatus; className?: string }) {
  const { color } = STATUS_LOOKS[status]
  return (
    <svg viewBox="0 0 12 12" aria-hidden="true" className={clsx('size-3 shrink-0', className)}>
      {status === 'unknown' ? (
        <rect x="1" y="1" width="10" height="10" rx="2.5" fill="none" stroke={color} strokeWidth="1.5" />
      ) : (
        <rect x="0.5" y="0.5" width="11" height="11" rx="2.5" fill={color} />
      )}
      {status === 'degraded' ? <rect x="2.5" y="7" width="7" height="2" fill="var(--surface)" /> : null}
      {status === 'down' ? (
        <path d="M3.5 3.5 8.5 8.5M8.5 3.5 3.5 8.5" stroke="var(--surface)" strokeWidth="1.75" />
      ) : null}
    </svg>
  )
}

/** A status as its sign and its name. */
export function StatusName({ status, className }: { status: HealthStatus; className?: string }) {
  return (
    <span className={clsx('inline-flex items-center gap-1.5 whitespace-nowrap', className)}>
      <StatusMark status={status} />
      <span className={clsx(status === 'unknown' && 'text-muted')}>{STATUS_LOOKS[status].label}</span>
    </span>
  )
}

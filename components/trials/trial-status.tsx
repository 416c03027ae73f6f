import clsx from 'clsx'
import type { Trial } from '@/lib/trials/schema'

const LOOKS = {
  running: { label: 'Running', className: 'text-accent' },
  finished: { label: 'Finished', className: 'text-muted' },
  stopped: { label: 'Stopped', className: 'text-muted' },
  failed: { label: 'Failed', className: 'text-negative' },
  lost: { label: 'Lost', className: 'text-warning' },
} as const satisfies Record<Trial['status'], { label: string; className: string }>

export function TrialStatus({ status }: { status: Trial['status'] }) {
  const { label, className } = LOOKS[status]
  return (
    <span
      className={clsx('inline-flex items-center gap-1.5 text-xs font-medium whitespace-nowrap', className)}
    >
      <span
        aria-hidden="true"
        className={clsx(
          'size-1.5 rounded-full bg-current',
          status === 'running' && 'motion-safe:animate-pulse',
        )}
      />
      {label}
    </span>
  )
}

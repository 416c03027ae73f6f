'use client'

import clsx from 'clsx'
import { formatClockSeconds } from '@/lib/platform/format'
import type { LivePhase } from './live-store'
import { useLiveConnection } from './use-live'
import { useRefetchAfterSleep } from './use-refetch-after-sleep'

const LOOKS = {
  connecting: { label: 'Connecting', tone: 'text-muted', dot: 'bg-border-strong' },
  live: { label: 'Live', tone: 'text-foreground', dot: 'bg-positive' },
  stale: { label: 'Not updating', tone: 'text-warning', dot: 'bg-warning' },
  reconnecting: { label: 'Reconnecting', tone: 'text-warning', dot: 'bg-warning' },
  resting: { label: 'Paused', tone: 'text-muted', dot: 'bg-border-strong' },
} as const satisfies Record<LivePhase, { label: string; tone: string; dot: string }>

/** Whether the numbers on the page are live, and the time of the last event; one on every page that is. */
export function LiveMark() {
  const { phase, lastEventMs } = useLiveConnection()
  useRefetchAfterSleep()
  const { label, tone, dot } = LOOKS[phase]
  return (
    <span
      className="inline-flex h-8 items-center gap-2 text-xs whitespace-nowrap text-muted"
      title="Changes arrive as they are recorded"
    >
      <span aria-hidden="true" className={clsx('size-2 rounded-full', dot)} />
      <span role="status" className={clsx('font-medium', tone)}>
        {label}
      </span>
      {lastEventMs === null ? null : (
        <span className="tabular-nums">
          {phase === 'live' ? null : 'since '}
          {formatClockSeconds(lastEventMs)} UTC
        </span>
      )}
    </span>
  )
}

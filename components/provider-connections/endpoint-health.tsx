import clsx from 'clsx'
import type { EndpointHealthView } from '@/lib/health/schema'
import { formatDuration, formatExact, formatPercent } from '@/lib/platform/format'

const STATUS = {
  healthy: { label: 'Healthy', dot: 'bg-positive' },
  degraded: { label: 'Degraded', dot: 'bg-warning' },
  down: { label: 'Down', dot: 'bg-negative' },
  unknown: { label: 'Too few calls', dot: 'bg-border-strong' },
} as const satisfies Record<EndpointHealthView['status'], { label: string; dot: string }>

/** How an endpoint did in the last 30 minutes: the state in words, its uptime and its median latency. */
export function EndpointHealth({ health }: { health: EndpointHealthView }) {
  const { label, dot } = STATUS[health.status]
  return (
    <span
      className="inline-flex items-center gap-2 whitespace-nowrap"
      title={`${formatExact(health.attempts30m)} calls in 30 minutes`}
    >
      <span aria-hidden="true" className={clsx('size-2 shrink-0 rounded-full', dot)} />
      <span>
        <span className={clsx(health.status === 'unknown' && 'text-muted')}>{label}</span>
        {health.uptime30m === null ? null : (
          <span className="block text-xs text-muted tabular-nums">
            {formatPercent(health.uptime30m)} up
            {health.latencyMsP50 === null ? null : ` · ${formatDuration(health.latencyMsP50)}`}
          </span>
        )}
      </span>
    </span>
  )
}

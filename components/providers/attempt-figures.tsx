import clsx from 'clsx'
import type { ProviderRow } from '@/lib/analytics/providers/schema'
import { formatExact, formatPercent } from '@/lib/platform/format'

/** Where the colour of an uptime changes. Source: design.md §5, "Chart colours". */
const GREEN_FROM = 0.95
const YELLOW_FROM = 0.85

/** An uptime in the colour of its meaning; grey words when there is too little traffic for one. */
export function UptimeFigure({ uptime, attempts }: { uptime: number | null; attempts: number }) {
  if (uptime === null) {
    return (
      <span className="text-xs text-muted" title={`${formatExact(attempts)} attempts`}>
        not enough data
      </span>
    )
  }
  return <span className={clsx('font-medium', uptimeTone(uptime))}>{formatPercent(uptime)}</span>
}

/** The rate of bad tool calls with its sample beside it: a rate without one says nothing. */
export function ToolCallErrorFigure({
  toolCallErrorRate,
  toolCallAttempts,
}: Pick<ProviderRow, 'toolCallErrorRate' | 'toolCallAttempts'>) {
  if (toolCallAttempts === 0) return <span className="text-muted">–</span>
  const sample = `${formatExact(toolCallAttempts)} checked`
  return (
    <span className="inline-flex flex-col items-end">
      {toolCallErrorRate === null ? (
        <span className="text-xs text-muted">not enough data</span>
      ) : (
        <span>{formatPercent(toolCallErrorRate)}</span>
      )}
      <span className="text-2xs text-muted">{sample}</span>
    </span>
  )
}

export function uptimeTone(uptime: number | null): string {
  if (uptime === null) return 'text-muted'
  if (uptime >= GREEN_FROM) return 'text-positive'
  return uptime >= YELLOW_FROM ? 'text-warning' : 'text-negative'
}

/** The same as a surface, in the colours that status has everywhere. */
export function uptimeBackground(uptime: number | null): string {
  if (uptime === null) return 'bg-border'
  if (uptime >= GREEN_FROM) return 'bg-status-healthy'
  return uptime >= YELLOW_FROM ? 'bg-status-degraded' : 'bg-negative'
}

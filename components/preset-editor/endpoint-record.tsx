import clsx from 'clsx'
import type { Endpoint } from '@/lib/catalog/schema'
import { POOR_TOOL_CALL_ERROR_RATE } from '@/lib/gateway/demote-endpoint'
import { formatPercent, formatUsd } from '@/lib/platform/format'
import type { PriceRange } from '@/lib/presets/endpoint-choices'

const STATUSES = {
  healthy: { label: 'healthy', dot: 'bg-positive', text: '' },
  degraded: { label: 'degraded', dot: 'bg-warning', text: 'text-warning' },
  down: { label: 'down', dot: 'bg-negative', text: 'text-negative' },
  unknown: { label: 'no recent traffic', dot: 'bg-border-strong', text: '' },
} as const satisfies Record<Endpoint['health']['status'], object>

export function HealthDot({ status }: { status: Endpoint['health']['status'] }) {
  const { dot, label } = STATUSES[status]
  return (
    <span className="inline-flex shrink-0" title={label}>
      <span aria-hidden="true" className={clsx('size-2 rounded-full', dot)} />
      <span className="sr-only">{label}</span>
    </span>
  )
}

/** What is known of one endpoint: health, price, tool-call record, speed. */
export function EndpointRecord({ endpoint, withModel }: { endpoint: Endpoint; withModel: boolean }) {
  const { health } = endpoint
  const { label, text } = STATUSES[health.status]
  return (
    <span className="flex flex-wrap gap-x-2.5 gap-y-0.5 text-xs text-muted tabular-nums">
      {withModel ? <span className="text-foreground">{endpoint.model.split('/').at(-1)}</span> : null}
      <span className={text}>
        {health.uptime30m === null ? label : `${formatPercent(health.uptime30m)} up`}
      </span>
      <span>{priceWords(endpoint)}</span>
      <ToolCallRecord endpoint={endpoint} />
      {health.latencyMsP50 === null ? null : (
        <span title="To the first token, half of requests">{Math.round(health.latencyMsP50)} ms</span>
      )}
      {health.tokensPerSecondP50 === null ? null : (
        <span>{Math.round(health.tokensPerSecondP50)} tokens/s</span>
      )}
      {endpoint.quantization ? <span>{endpoint.quantization}</span> : null}
    </span>
  )
}

function ToolCallRecord({ endpoint: { health, supportsTools } }: { endpoint: Endpoint }) {
  if (supportsTools === false) return <span>no tools</span>
  if (health.toolCallErrorRate === null) {
    return (
      <span title={`${health.toolCallAttempts} tool-call attempts in 24 hours; a rate needs 20`}>
        tool calls: too few to judge
      </span>
    )
  }
  return (
    <span
      title={`Of ${health.toolCallAttempts} tool-call attempts in 24 hours`}
      className={health.toolCallErrorRate >= POOR_TOOL_CALL_ERROR_RATE ? 'font-medium text-negative' : ''}
    >
      {formatPercent(health.toolCallErrorRate)} bad tool calls
    </span>
  )
}

function priceWords({ promptUsdPerMTok: prompt, completionUsdPerMTok: completion }: Endpoint): string {
  if (prompt === null && completion === null) return 'price not known'
  return `${formatUsd(prompt)} in, ${formatUsd(completion)} out`
}

/** $0.40, or $0.40–$2.10 when providers differ. */
export function rangeWords(range: PriceRange): string {
  if (range === null) return formatUsd(null)
  return range.low === range.high ? formatUsd(range.low) : `${formatUsd(range.low)}–${formatUsd(range.high)}`
}

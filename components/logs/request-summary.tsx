import Link from 'next/link'
import type { ReactNode } from 'react'
import { Definition } from '@/components/definitions/definition'
import type { RequestDetail } from '@/lib/analytics/logs/schema'
import { formatCompact, formatDuration, formatExact, formatUsd, UNKNOWN } from '@/lib/platform/format'
import { logsPath } from './logs-path'

const LINK = 'underline-offset-2 hover:underline'

const COST_WORDS = { reported: 'as the provider reported it', price_table: 'from the price table' } as const

/** The figures of a request, and where it belongs. */
export function RequestSummary({ request }: { request: RequestDetail }) {
  const {
    costSource,
    tokensPerSecond,
    finishReason,
    stream,
    app,
    key,
    preset,
    presetVersion,
    useCase,
    sessionId,
  } = request
  return (
    <section aria-label="Key figures" className="rounded-xl border bg-surface px-4 py-3.5 sm:px-5">
      <dl className="grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-3 lg:grid-cols-6">
        <Fact
          label="Took"
          note={request.attempts.length > 1 ? `over ${request.attempts.length} attempts` : undefined}
        >
          {formatDuration(request.totalMs)}
        </Fact>
        <Fact label="Latency" info={<Definition of="latency" />}>
          {formatDuration(request.latencyMs)}
        </Fact>
        <Fact label="Throughput" info={<Definition of="throughput" />}>
          {tokensPerSecond === null ? UNKNOWN : `${formatCompact(tokensPerSecond)} tokens/s`}
        </Fact>
        <Fact label="Tokens" note={tokensNote(request)}>
          {totalTokens(request)}
        </Fact>
        <Fact
          label="Cost"
          info={<Definition of="requestCost" />}
          note={costSource === null ? undefined : COST_WORDS[costSource]}
        >
          {formatUsd(request.costUsd)}
        </Fact>
        <Fact label="Finish reason" note={stream === null ? undefined : stream ? 'streamed' : 'in one piece'}>
          {finishReason ?? UNKNOWN}
        </Fact>
        <Fact label="App">
          {app === null ? (
            UNKNOWN
          ) : (
            <Link href={logsPath({ app, period: '7d' })} className={LINK}>
              {app}
            </Link>
          )}
        </Fact>
        <Fact label="API key">
          {key === null ? (
            UNKNOWN
          ) : (
            <Link href={logsPath({ key, period: '7d' })} className={LINK}>
              {key}
            </Link>
          )}
        </Fact>
        <Fact label="Preset" note={presetVersion === null ? undefined : `version ${presetVersion}`}>
          {preset === null ? (
            UNKNOWN
          ) : (
            <Link href={`/presets/${encodeURIComponent(preset)}`} className={LINK}>
              @preset/{preset}
            </Link>
          )}
        </Fact>
        <Fact label="Use case">
          {useCase === null ? (
            UNKNOWN
          ) : (
            <Link href={logsPath({ useCase, period: '7d' })} className={LINK}>
              {useCase}
            </Link>
          )}
        </Fact>
        <Fact label="Session">
          {sessionId === null ? (
            UNKNOWN
          ) : (
            <Link href={logsPath({ session: sessionId })} className={`${LINK} break-all`}>
              {sessionId}
            </Link>
          )}
        </Fact>
        <Fact label="End user">{request.endUser ?? UNKNOWN}</Fact>
      </dl>
    </section>
  )
}

function totalTokens({ promptTokens, completionTokens }: RequestDetail): string {
  if (promptTokens === null && completionTokens === null) return UNKNOWN
  return formatExact((promptTokens ?? 0) + (completionTokens ?? 0))
}

function tokensNote({ promptTokens, completionTokens }: RequestDetail): string | undefined {
  if (promptTokens === null || completionTokens === null) return undefined
  return `${formatCompact(promptTokens)} in, ${formatCompact(completionTokens)} out`
}

function Fact({
  label,
  info,
  note,
  children,
}: {
  label: string
  info?: ReactNode
  note?: string | undefined
  children: ReactNode
}) {
  return (
    <div className="min-w-0">
      <dt className="flex items-center gap-1 text-xs text-muted">
        {label}
        {info}
      </dt>
      <dd className="min-w-0">
        <span className="block font-medium break-words tabular-nums">{children}</span>
        {note ? <span className="block text-xs text-muted">{note}</span> : null}
      </dd>
    </div>
  )
}

'use client'

import type { UseQueryResult } from '@tanstack/react-query'
import clsx from 'clsx'
import type { ReactNode } from 'react'
import { ErrorNote } from '@/components/api/error-note'
import { Freshness } from '@/components/api/freshness'
import { Definition } from '@/components/definitions/definition'
import type { DefinitionName } from '@/components/definitions/definitions'
import { STATUS_LOOKS, STATUS_ORDER } from '@/components/live/status-look'
import { StatusMark } from '@/components/live/status-mark'
import { useLiveState, useLiveTotals } from '@/components/live/use-live'
import { WindowNote } from '@/components/time-window/window-note'
import { FigureSkeleton } from '@/components/ui/figure-skeleton'
import type { ProvidersAnswer } from '@/lib/analytics/providers/schema'
import { recentErrors } from '@/lib/live/recent-errors'
import { formatExact, formatPoints, UNKNOWN } from '@/lib/platform/format'

/** What failover saves, over the window, beside how providers do now. */
export function AvailabilityTiles({ query }: { query: UseQueryResult<ProvidersAnswer> }) {
  if (query.data === undefined && query.isError) {
    return (
      <section aria-label="Availability" className="rounded-xl border bg-surface">
        <ErrorNote error={query.error} isRetrying={query.isFetching} onRetry={() => void query.refetch()} />
      </section>
    )
  }
  const availability = query.data?.availability
  return (
    <section aria-label="Availability" aria-busy={query.data === undefined || query.isPlaceholderData}>
      <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-xl border bg-border lg:grid-cols-4">
        <Tile label="With routing" definition="withRouting">
          <Share
            share={availability?.withRouting}
            isDimmed={query.isPlaceholderData}
            note={savedNote(availability)}
          />
        </Tile>
        <Tile label="Without routing" definition="withoutRouting">
          <Share
            share={availability?.withoutRouting}
            isDimmed={query.isPlaceholderData}
            note="of attempts succeeded"
          />
        </Tile>
        <Tile label="Errors, last 5 minutes">
          <RecentErrors />
        </Tile>
        <Tile label="Providers now" definition="endpointStatus">
          <ProvidersByStatus />
        </Tile>
      </dl>
      <p className="mt-2 px-1 text-xs text-muted">
        Availability: <WindowNote query={query} />
        <Freshness query={query} />
      </p>
    </section>
  )
}

function Tile({
  label,
  definition,
  children,
}: {
  label: string
  definition?: DefinitionName
  children: ReactNode
}) {
  return (
    <div className="flex min-w-0 flex-col bg-surface px-4 pt-3 pb-3.5 sm:px-5">
      <dt className="flex items-center gap-1.5 text-sm text-muted">
        {label}
        {definition ? <Definition of={definition} /> : null}
      </dt>
      <dd className="min-h-22 pt-0.5 sm:min-h-18.5 xl:min-h-14">{children}</dd>
    </div>
  )
}

const FIGURE = 'block text-2xl leading-9 font-semibold tracking-[-0.03em] tabular-nums'

function Share({
  share,
  note,
  isDimmed,
}: {
  share: number | null | undefined
  note: string
  isDimmed: boolean
}) {
  if (share === undefined) return <FigureSkeleton className="mt-0" />
  return (
    <span className={clsx('block transition-opacity', isDimmed && 'opacity-50')}>
      <span className={FIGURE}>{share === null ? UNKNOWN : twoDecimals(share)}</span>
      <span className="block text-xs text-muted tabular-nums">
        {share === null ? 'no attempts in this window' : note}
      </span>
    </span>
  )
}

function RecentErrors() {
  const minutes = useLiveState((state) => state.totals.minutes)
  const at = useLiveState((state) => state.at)
  if (minutes === undefined || at === undefined) return <FigureSkeleton className="mt-0" />
  const { errors, attempts, rateLimited } = recentErrors({ minutes, atMs: Date.parse(at) })
  return (
    <>
      <span className={clsx(FIGURE, errors > 0 && 'text-negative')}>{formatExact(errors)}</span>
      <span className="block text-xs text-muted tabular-nums">
        of {formatExact(attempts)} attempts, {formatExact(rateLimited)} more rate-limited
      </span>
    </>
  )
}

function ProvidersByStatus() {
  const totals = useLiveTotals()
  if (totals === undefined) return <FigureSkeleton className="mt-0" />
  return (
    <ul className="mt-1 grid grid-cols-1 gap-x-3 gap-y-0.5 text-xs sm:grid-cols-2">
      {STATUS_ORDER.map((status) => (
        <li key={status} className="flex items-center gap-1.5 tabular-nums">
          <StatusMark status={status} />
          <span className="font-medium">{formatExact(totals.providersByStatus[status] ?? 0)}</span>
          <span className="truncate text-muted">{STATUS_LOOKS[status].short}</span>
        </li>
      ))}
    </ul>
  )
}

function savedNote(availability: ProvidersAnswer['availability'] | undefined): string {
  const { withRouting = null, withoutRouting = null } = availability ?? {}
  if (withRouting === null || withoutRouting === null) return 'of requests succeeded'
  return `of requests succeeded, ${formatPoints(withRouting - withoutRouting)} by failover`
}

/** The second decimal is the news near 100 %; rounded down, so that 99.996 % is not 100 %. */
function twoDecimals(share: number): string {
  if (share === 1) return '100%'
  return `${(Math.floor(share * 10_000 + 1e-9) / 100).toFixed(2)}%`
}

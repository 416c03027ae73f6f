'use client'

import clsx from 'clsx'
import type { ReactNode } from 'react'
import { Definition } from '@/components/definitions/definition'
import type { DefinitionName } from '@/components/definitions/definitions'
import { StatusName } from '@/components/live/status-mark'
import { useLiveProvider, useLiveState } from '@/components/live/use-live'
import { uptimeTone } from '@/components/providers/attempt-figures'
import type { LiveProvider } from '@/lib/live/schema'
import { formatExact, formatPercent } from '@/lib/platform/format'

const WINDOW_NAMES = { '5m': 'over 5 minutes', '30m': 'over 30 minutes', '1d': 'over the last day' } as const

/** How the provider does now: status, uptimes, and what went wrong in the last minutes; all of it live. */
export function ProviderTiles({ slug }: { slug: string }) {
  const provider = useLiveProvider(slug)
  const isKnown = useLiveState(() => true) ?? false
  return (
    <section aria-label="Now" aria-busy={!isKnown}>
      <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-xl border bg-border sm:grid-cols-3 lg:grid-cols-6">
        <Tile label="Status" definition="endpointStatus" isKnown={isKnown} note={statusNote(provider)}>
          <StatusName status={provider?.status ?? 'unknown'} className="text-base font-semibold" />
        </Tile>
        <UptimeTile label="Uptime, 5 min" uptime={provider?.uptime5m} isKnown={isKnown} />
        <UptimeTile label="Uptime, 30 min" uptime={provider?.uptime30m} isKnown={isKnown} />
        <UptimeTile label="Uptime, 1 day" uptime={provider?.uptime1d} isKnown={isKnown} />
        <Tile label="Errors, 5 min" isKnown={isKnown} note="that uptime counts">
          <span className={clsx((provider?.countedErrors5m ?? 0) > 0 && 'text-negative')}>
            {formatExact(provider?.countedErrors5m ?? 0)}
          </span>
        </Tile>
        <Tile
          label="Rate-limited, 5 min"
          definition="rateLimitedShare"
          isKnown={isKnown}
          note={`${formatExact(provider?.attempts30m ?? 0)} attempts in 30 min`}
        >
          {formatExact(provider?.rateLimited5m ?? 0)}
        </Tile>
      </dl>
    </section>
  )
}

function UptimeTile({
  label,
  uptime = null,
  isKnown,
}: {
  label: string
  uptime: number | null | undefined
  isKnown: boolean
}) {
  return (
    <Tile
      label={label}
      definition="uptime"
      isKnown={isKnown}
      note={uptime === null ? 'under 20 attempts' : 'of attempts that count'}
    >
      {uptime === null ? (
        <span className="text-base font-medium tracking-normal text-muted">Not enough data</span>
      ) : (
        <span className={uptimeTone(uptime)}>{formatPercent(uptime)}</span>
      )}
    </Tile>
  )
}

function Tile({
  label,
  definition,
  isKnown,
  note,
  children,
}: {
  label: string
  definition?: DefinitionName
  isKnown: boolean
  note: string
  children: ReactNode
}) {
  return (
    <div className="flex min-w-0 flex-col bg-surface px-4 pt-3 pb-3.5 sm:px-5">
      <dt className="flex items-center gap-1.5 text-sm whitespace-nowrap text-muted">
        {label}
        {definition ? <Definition of={definition} /> : null}
      </dt>
      <dd className="mt-0.5 h-14">
        {isKnown ? (
          <>
            <span className="flex h-9 items-center text-2xl font-semibold tracking-[-0.03em] tabular-nums">
              {children}
            </span>
            <span className="block truncate text-xs text-muted tabular-nums">{note}</span>
          </>
        ) : (
          <span className="flex h-13 flex-col justify-between pt-2">
            <span className="skeleton h-6 w-20" />
            <span className="skeleton h-3 w-24" />
          </span>
        )}
      </dd>
    </div>
  )
}

function statusNote(provider: LiveProvider | undefined): string {
  if (provider === undefined) return 'no attempt in the last day'
  return provider.statusWindow === null ? 'under 20 attempts a day' : WINDOW_NAMES[provider.statusWindow]
}

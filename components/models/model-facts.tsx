'use client'

import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Definition } from '@/components/definitions/definition'
import type { DefinitionName } from '@/components/definitions/definitions'
import type { ModelPageAnswer } from '@/lib/analytics/models/schema'
import {
  formatCompact,
  formatDay,
  formatExact,
  formatPercent,
  formatUsd,
  UNKNOWN,
} from '@/lib/platform/format'

const NONE = 'none in this window'

/** What there is to say of the model in one line of figures, each with its definition. */
export function ModelFacts({ query }: { query: UseQueryResult<ModelPageAnswer> }) {
  const { data } = query
  return (
    <section aria-label="Facts" aria-busy={data === undefined || query.isPlaceholderData}>
      <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-xl border bg-border sm:grid-cols-3 lg:grid-cols-6">
        <Fact label="Launched" definition="launch" note={launchNote(data)} isKnown={data !== undefined}>
          {data?.launchedOn ? formatDay(Date.parse(data.launchedOn), { withYear: true }) : UNKNOWN}
        </Fact>
        <Fact
          label="Tokens"
          definition="totalTokens"
          note={data && shareNote(data)}
          isKnown={data !== undefined}
        >
          {data && formatCompact(data.totals.totalTokens)}
        </Fact>
        <Fact label="Rank" definition="rank" note={data && rankNote(data)} isKnown={data !== undefined}>
          {data?.totals.rank ?? UNKNOWN}
        </Fact>
        <Fact
          label="Requests"
          definition="requests"
          note={data && averageNote(data)}
          isKnown={data !== undefined}
        >
          {data && formatCompact(data.totals.requests)}
        </Fact>
        <Fact label="Spend" definition="spend" note={data && priceNote(data)} isKnown={data !== undefined}>
          {data && formatUsd(data.totals.costUsd)}
        </Fact>
        <Fact
          label="Availability"
          definition="withRouting"
          note={data && availabilityNote(data)}
          isKnown={data !== undefined}
        >
          {data && formatPercent(data.availability.withRouting)}
        </Fact>
      </dl>
    </section>
  )
}

function Fact({
  label,
  definition,
  note,
  isKnown,
  children,
}: {
  label: string
  definition: DefinitionName
  note: string | undefined
  isKnown: boolean
  children: ReactNode
}) {
  return (
    <div className="flex min-w-0 flex-col bg-surface px-4 pt-3 pb-3.5">
      <dt className="flex items-center gap-1.5 text-sm whitespace-nowrap text-muted">
        {label}
        <Definition of={definition} />
      </dt>
      <dd className="mt-0.5 h-13">
        {isKnown ? (
          <>
            <span className="flex h-8 items-center text-xl font-semibold tracking-[-0.02em] whitespace-nowrap tabular-nums">
              {children}
            </span>
            <span className="block truncate text-xs text-muted tabular-nums">{note}</span>
          </>
        ) : (
          <span className="flex h-12 flex-col justify-between pt-2">
            <span className="skeleton h-5 w-20" />
            <span className="skeleton h-3 w-24" />
          </span>
        )}
      </dd>
    </div>
  )
}

function launchNote(data: ModelPageAnswer | undefined): string | undefined {
  if (data === undefined) return undefined
  switch (data.launchSource) {
    case 'catalog':
      return 'released'
    case 'first_seen':
      return 'first seen here'
    case null:
      return 'no request yet'
  }
}

function shareNote({ totals }: ModelPageAnswer): string {
  return totals.share === null ? NONE : `${formatPercent(totals.share)} of all`
}

function rankNote({ totals }: ModelPageAnswer): string {
  return totals.rank === null ? NONE : `of ${formatExact(totals.models)} used models`
}

function availabilityNote({ availability }: ModelPageAnswer): string {
  const { withRouting, withoutRouting } = availability
  return withRouting === null ? NONE : `${formatPercent(withoutRouting)} without routing`
}

function averageNote({ totals }: ModelPageAnswer): string {
  if (totals.requests === 0) return NONE
  return `${formatCompact(Math.round(totals.totalTokens / totals.requests))} tokens each`
}

function priceNote({ totals }: ModelPageAnswer): string {
  if (totals.requests === 0) return NONE
  if (totals.costUsd === null) return 'no cost is known'
  return `${formatUsd(totals.costUsd / totals.requests)} a request`
}

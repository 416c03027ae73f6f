'use client'

import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { ErrorNote } from '@/components/api/error-note'
import { Freshness } from '@/components/api/freshness'
import { previousWindowName, type WindowChoice } from '@/components/time-window/window-choice'
import { WindowNote } from '@/components/time-window/window-note'
import { usageQueryOptions } from '@/components/usage/usage-query'
import type { OverviewAnswer } from '@/lib/analytics/overview/schema'
import { prepareOverviewTrends } from '@/lib/charts/prepare-overview-trends'
import { formatPercent } from '@/lib/platform/format'
import { OPERATIONS } from '@/lib/records/vocabulary'
import { CALLER_KIND_LIMIT } from './caller-kind-panel'
import { OverviewTile } from './overview-tile'
import { TILES } from './tiles'

/** The six numbers of the window, each against the window before. */
export function OverviewTiles({
  choice,
  query,
}: {
  choice: WindowChoice
  query: UseQueryResult<OverviewAnswer>
}) {
  const { data: byCallerKind } = useQuery(
    usageQueryOptions({ choice, by: 'callerKind', limit: CALLER_KIND_LIMIT }),
  )
  const { data: byOperation, dataUpdatedAt } = useQuery(
    usageQueryOptions({ choice, by: 'operation', limit: OPERATIONS.length }),
  )
  const trends = useMemo(
    () =>
      byOperation && byCallerKind
        ? prepareOverviewTrends({ byOperation, byCallerKind, nowMs: dataUpdatedAt })
        : undefined,
    [byOperation, byCallerKind, dataUpdatedAt],
  )
  if (query.data === undefined && query.isError) {
    return (
      <section aria-label="Key figures" className="rounded-xl border bg-surface">
        <ErrorNote error={query.error} isRetrying={query.isFetching} onRetry={() => void query.refetch()} />
      </section>
    )
  }
  const { data } = query
  return (
    <section aria-label="Key figures" aria-busy={data === undefined || query.isPlaceholderData}>
      <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-xl border bg-border sm:grid-cols-3 lg:grid-cols-6">
        {TILES.map((tile) => (
          <OverviewTile
            key={tile.name}
            tile={tile}
            answer={data}
            trend={trends?.[tile.name]}
            choice={choice}
            isDimmed={query.isPlaceholderData}
          />
        ))}
      </dl>
      <p className="mt-2 flex min-h-9 flex-wrap gap-x-4 px-1 text-xs text-muted sm:min-h-4.5">
        <span>
          <WindowNote query={query} />, against {previousWindowName(choice)}
          <Freshness query={query} />
        </span>
        {data === undefined ? null : <span>{costNote(data)}</span>}
      </p>
    </section>
  )
}

/** Spend is only as good as the share of requests it covers. */
function costNote({ costKnownShare }: OverviewAnswer): string {
  if (costKnownShare === null || costKnownShare >= 1) return ''
  return `Spend: cost known for ${formatPercent(costKnownShare)} of requests`
}

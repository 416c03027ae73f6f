'use client'

import { useQuery } from '@tanstack/react-query'
import { useQueryStates } from 'nuqs'
import { ExportLinks } from '@/components/api/export-links'
import { Freshness } from '@/components/api/freshness'
import { QueryBody } from '@/components/api/query-body'
import { Definition } from '@/components/definitions/definition'
import { STATUS_LOOKS } from '@/components/live/status-look'
import { useLiveEndpoint } from '@/components/live/use-live'
import { ATTEMPT_SORT_OPTIONS } from '@/components/providers/attempt-columns'
import { AttemptsTable } from '@/components/providers/attempts-table'
import { type AttemptSort, FIRST_DIRECTION, sortAttempts } from '@/components/providers/sort-attempts'
import type { WindowChoice } from '@/components/time-window/window-choice'
import { WindowNote } from '@/components/time-window/window-note'
import { EmptyState } from '@/components/ui/empty-state'
import { Panel } from '@/components/ui/panel'
import { RowsSkeleton } from '@/components/ui/rows-skeleton'
import { SortSelect } from '@/components/ui/sort-select'
import type { Sorting } from '@/components/ui/sorting'
import { EntityName } from '@/components/usage/entity-name'
import type { EndpointWindowRow } from '@/lib/analytics/endpoints-window/schema'
import { providerEndpointsExportUrl, providerEndpointsQueryOptions } from './provider-query'
import { providerParsers } from './provider-url-state'

/** Which of its models trouble it. */
export function EndpointsPanel({ slug, choice }: { slug: string; choice: WindowChoice }) {
  const query = useQuery(providerEndpointsQueryOptions({ slug, choice }))
  const [{ sort, direction }, setState] = useQueryStates(providerParsers)
  const onSort = (sorting: Sorting<AttemptSort>) => void setState(sorting)
  return (
    <Panel
      title="Which of its models trouble it?"
      info={<Definition of="uptime" />}
      note={
        <>
          <WindowNote query={query} />
          <Freshness query={query} />
        </>
      }
      actions={
        <>
          <SortSelect options={ATTEMPT_SORT_OPTIONS} sort={sort} onSort={onSort} className="xl:hidden" />
          <ExportLinks
            subject="its models"
            urlOf={(format) => providerEndpointsExportUrl({ slug, choice }, format)}
          />
        </>
      }
    >
      <QueryBody query={query} skeleton={<RowsSkeleton />} className="min-h-48">
        {({ rows }) =>
          rows.length === 0 ? (
            <EmptyState title="No attempts in this window">
              Choose a longer window to see earlier traffic.
            </EmptyState>
          ) : (
            <AttemptsTable
              caption="Attempts by model"
              nameLabel="Model"
              rows={sortAttempts({
                rows,
                sort,
                direction: direction ?? FIRST_DIRECTION[sort],
                nameOf: ({ model }) => model,
              })}
              keyOf={({ endpointId }) => String(endpointId)}
              nameOf={({ model }) => model}
              renderName={({ model }) => (
                <EntityName by="model" entityKey={model} label={model} color={null} />
              )}
              renderNow={(row) => <EndpointNow row={row} />}
              sorting={{ sort, direction }}
              onSort={onSort}
              rowsName="models"
            />
          )
        }
      </QueryBody>
    </Panel>
  )
}

/** What differs now from the window. */
function EndpointNow({ row }: { row: EndpointWindowRow }) {
  const live = useLiveEndpoint(row.endpointId)
  if (live === undefined || live.status === row.status || live.status === 'unknown') return null
  return <span className="text-2xs text-muted">now {STATUS_LOOKS[live.status].short}</span>
}

'use client'

import type { UseQueryResult } from '@tanstack/react-query'
import { useQueryStates } from 'nuqs'
import { useMemo } from 'react'
import { ExportLinks } from '@/components/api/export-links'
import { Freshness } from '@/components/api/freshness'
import { QueryBody } from '@/components/api/query-body'
import { Definition } from '@/components/definitions/definition'
import { STATUS_LOOKS } from '@/components/live/status-look'
import { useLiveProvider } from '@/components/live/use-live'
import type { WindowChoice } from '@/components/time-window/window-choice'
import { WindowNote } from '@/components/time-window/window-note'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Panel } from '@/components/ui/panel'
import { RowsSkeleton } from '@/components/ui/rows-skeleton'
import { SearchField } from '@/components/ui/search-field'
import { SortSelect } from '@/components/ui/sort-select'
import type { Sorting } from '@/components/ui/sorting'
import { EntityName } from '@/components/usage/entity-name'
import type { ProviderRow, ProvidersAnswer } from '@/lib/analytics/providers/schema'
import { ATTEMPT_SORT_OPTIONS } from './attempt-columns'
import { AttemptsTable } from './attempts-table'
import { providersExportUrl } from './providers-query'
import { providersParsers } from './providers-url-state'
import { type AttemptSort, FIRST_DIRECTION, sortAttempts } from './sort-attempts'

export function ProvidersPanel({
  choice,
  query,
}: {
  choice: WindowChoice
  query: UseQueryResult<ProvidersAnswer>
}) {
  const [{ sort, direction, q }, setState] = useQueryStates(providersParsers)
  const onSort = (sorting: Sorting<AttemptSort>) => void setState(sorting)
  return (
    <Panel
      title="How did each provider do?"
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
          <SearchField
            label="Filter providers by name"
            placeholder="Filter providers"
            value={q}
            onChange={(text) => void setState({ q: text })}
            className="sm:w-48"
          />
          <ExportLinks subject="providers" urlOf={(format) => providersExportUrl(choice, format)} />
        </>
      }
    >
      <QueryBody query={query} skeleton={<RowsSkeleton />} className="min-h-64">
        {({ rows }) =>
          rows.length === 0 ? (
            <EmptyState title="No attempts in this window">
              Choose a longer window to see earlier traffic.
            </EmptyState>
          ) : (
            <ProviderRows
              rows={rows}
              q={q}
              sorting={{ sort, direction }}
              onSort={onSort}
              onClear={() => void setState({ q: '' })}
            />
          )
        }
      </QueryBody>
    </Panel>
  )
}

function ProviderRows({
  rows,
  q,
  sorting: { sort, direction },
  onSort,
  onClear,
}: {
  rows: readonly ProviderRow[]
  q: string
  sorting: Sorting<AttemptSort>
  onSort: (sorting: Sorting<AttemptSort>) => void
  onClear: () => void
}) {
  const shown = useMemo(() => {
    const words = q.toLowerCase().split(/\s+/).filter(Boolean)
    const matching = rows.filter(({ provider, name }) =>
      words.every((word) => `${provider} ${name}`.toLowerCase().includes(word)),
    )
    return sortAttempts({
      rows: matching,
      sort,
      direction: direction ?? FIRST_DIRECTION[sort],
      nameOf: ({ name }) => name,
    })
  }, [rows, q, sort, direction])
  return (
    <>
      <AttemptsTable
        caption="Attempts by provider"
        nameLabel="Provider"
        rows={shown}
        keyOf={({ provider }) => provider}
        nameOf={({ name }) => name}
        renderName={(row) => (
          <EntityName by="provider" entityKey={row.provider} label={row.name} color={null} />
        )}
        renderNow={(row) => <ProviderNow row={row} />}
        sorting={{ sort, direction }}
        onSort={onSort}
        rowsName="providers"
        total={rows.length}
      />
      {shown.length === 0 ? (
        <EmptyState
          title={`No provider matches “${q}”`}
          actions={<Button onClick={onClear}>Clear the filter</Button>}
        />
      ) : null}
    </>
  )
}

/** What differs now from the window. */
function ProviderNow({ row }: { row: ProviderRow }) {
  const status = useLiveProvider(row.provider)?.status
  if (status === undefined || status === row.status || status === 'unknown') return null
  return <span className="text-2xs text-muted">now {STATUS_LOOKS[status].short}</span>
}

'use client'

import type { UseQueryResult } from '@tanstack/react-query'
import { useQueryStates } from 'nuqs'
import { ExportLinks } from '@/components/api/export-links'
import { Freshness } from '@/components/api/freshness'
import { QueryBody } from '@/components/api/query-body'
import type { WindowChoice } from '@/components/time-window/window-choice'
import { WindowNote } from '@/components/time-window/window-note'
import { EmptyState } from '@/components/ui/empty-state'
import { Panel } from '@/components/ui/panel'
import { RowsSkeleton } from '@/components/ui/rows-skeleton'
import { SortSelect } from '@/components/ui/sort-select'
import type { Sorting } from '@/components/ui/sorting'
import type { ModelPageAnswer } from '@/lib/analytics/models/schema'
import { modelExportUrl } from './model-query'
import { modelParsers } from './model-url-state'
import { PROVIDER_SORT_OPTIONS } from './provider-columns'
import { ProvidersTable } from './providers-table'
import { FIRST_PROVIDER_DIRECTION, type ProviderSort, sortProviders } from './sort-providers'

/** Who serves the model, at what price and how well. */
export function ProvidersPanel({
  query,
  model,
  choice,
}: {
  query: UseQueryResult<ModelPageAnswer>
  model: string
  choice: WindowChoice
}) {
  const [{ sort, direction }, setState] = useQueryStates(modelParsers)
  const onSort = (sorting: Sorting<ProviderSort>) => void setState(sorting)
  return (
    <Panel
      title="Which provider serves it best?"
      note={
        <>
          <WindowNote query={query} />; prices in US dollars per million tokens
          <Freshness query={query} />
        </>
      }
      actions={
        <>
          <SortSelect
            label="Sort providers by"
            options={PROVIDER_SORT_OPTIONS}
            sort={sort}
            onSort={onSort}
            className="lg:hidden"
          />
          <ExportLinks
            subject="the providers"
            urlOf={(format) => modelExportUrl({ model, choice }, format)}
          />
        </>
      }
    >
      <QueryBody
        query={query}
        skeleton={
          <div className="min-h-svh">
            <RowsSkeleton />
          </div>
        }
        className="min-h-40"
      >
        {({ providers, from, to, model: canonical }) =>
          providers.length === 0 ? (
            <EmptyState title="No provider served it in this window">
              Choose a longer window, or configure an endpoint in Settings.
            </EmptyState>
          ) : (
            <ProvidersTable
              rows={sortProviders({
                rows: providers,
                sort,
                direction: direction ?? FIRST_PROVIDER_DIRECTION[sort],
              })}
              logs={{ from, to, model: canonical }}
              sorting={{ sort, direction }}
              onSort={onSort}
            />
          )
        }
      </QueryBody>
    </Panel>
  )
}

'use client'

import type { UseQueryResult } from '@tanstack/react-query'
import { useQueryStates } from 'nuqs'
import { ExportLinks } from '@/components/api/export-links'
import { Freshness } from '@/components/api/freshness'
import { QueryBody } from '@/components/api/query-body'
import { RowsSkeleton } from '@/components/providers/rows-skeleton'
import type { WindowChoice } from '@/components/time-window/window-choice'
import { WindowNote } from '@/components/time-window/window-note'
import { EmptyState } from '@/components/ui/empty-state'
import { Panel } from '@/components/ui/panel'
import type { ModelPageAnswer } from '@/lib/analytics/models/schema'
import { modelExportUrl } from './model-query'
import { modelParsers } from './model-url-state'
import { PROVIDER_COLUMNS } from './provider-columns'
import { ProvidersTable } from './providers-table'
import { FIRST_PROVIDER_DIRECTION, PROVIDER_SORTS, sortProviders } from './sort-providers'

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
  const choose = (value: string) => {
    const chosen = PROVIDER_SORTS.find((one) => one === value)
    if (chosen) void setState({ sort: chosen, direction: null })
  }
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
          <select
            aria-label="Sort providers by"
            value={sort}
            onChange={(event) => choose(event.target.value)}
            className="h-8 rounded-lg border bg-surface px-2 text-sm lg:hidden"
          >
            <option value="name">Name</option>
            <option value="uptime">Uptime</option>
            {PROVIDER_COLUMNS.map(({ sort: column, label, longLabel }) => (
              <option key={column} value={column}>
                {longLabel ?? label}
              </option>
            ))}
          </select>
          <ExportLinks
            subject="the providers"
            urlOf={(format) => modelExportUrl({ model, choice }, format)}
          />
        </>
      }
    >
      <QueryBody query={query} skeleton={<RowsSkeleton />} className="min-h-40">
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
              sort={sort}
              direction={direction}
              onSort={(sorting) => void setState(sorting)}
            />
          )
        }
      </QueryBody>
    </Panel>
  )
}

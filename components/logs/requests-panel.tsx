'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { QueryBody } from '@/components/api/query-body'
import { Panel } from '@/components/ui/panel'
import { formatWindow } from '@/lib/platform/format'
import { ExportLinks } from './export-links'
import { logsQueryOptions } from './logs-query'
import { NewerNotice } from './newer-notice'
import { RequestsEmpty } from './requests-empty'
import { RequestsFooter } from './requests-footer'
import { RequestsSkeleton } from './requests-skeleton'
import { RequestsTable } from './requests-table'
import { useFillPage } from './use-fill-page'
import type { LogsState } from './use-logs-state'

/** The requests that fit, newest first; what comes in meanwhile is announced and moves nothing. */
export function RequestsPanel({ state }: { state: LogsState }) {
  const request = { filter: state.filter, windowChoice: state.windowChoice }
  const query = useInfiniteQuery(logsQueryOptions(request))
  const { data } = query
  const rows = data?.pages.flatMap((page) => page.rows) ?? []
  const last = data?.pages.at(-1)
  const isFilling = useFillPage({ query, found: rows.length })
  return (
    <Panel
      title="Requests"
      note={
        last === undefined ? (
          <span className="skeleton inline-block h-3 w-44 align-middle" />
        ) : (
          <span className="tabular-nums">
            {formatWindow(Date.parse(last.from), Date.parse(last.to))}, newest first
          </span>
        )
      }
      actions={<ExportLinks request={request} />}
    >
      <QueryBody query={query} skeleton={<RequestsSkeleton />} className="relative min-h-[32rem]">
        {() => (
          <>
            <NewerNotice request={request} first={rows[0] ?? null} />
            {rows.length > 0 ? <RequestsTable rows={rows} filter={state.filter} /> : null}
            {rows.length === 0 && !query.hasNextPage ? (
              <RequestsEmpty state={state} droppedBefore={last?.droppedBefore ?? null} />
            ) : (
              <RequestsFooter
                shown={rows.length}
                last={last}
                isBusy={isFilling || query.isFetchingNextPage}
                error={query.isFetchNextPageError ? query.error : null}
                onMore={query.hasNextPage ? () => void query.fetchNextPage() : null}
              />
            )}
          </>
        )}
      </QueryBody>
    </Panel>
  )
}

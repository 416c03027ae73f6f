'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { RotateCw } from 'lucide-react'
import { QueryBody } from '@/components/api/query-body'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Panel } from '@/components/ui/panel'
import { formatExact, formatInstant, formatWindow } from '@/lib/platform/format'
import { RequestsSkeleton } from './requests-skeleton'
import { sessionsQueryOptions } from './sessions-query'
import { SessionsTable } from './sessions-table'
import type { LogsState } from './use-logs-state'

/** Sessions by their last activity; each opens into its requests. */
export function SessionsPanel({ state }: { state: LogsState }) {
  const query = useInfiniteQuery(sessionsQueryOptions({ filter: state.filter, choice: state.choice }))
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? []
  const last = query.data?.pages.at(-1)
  return (
    <Panel
      title="Sessions"
      note={
        last === undefined ? (
          <span className="skeleton inline-block h-3 w-44 align-middle" />
        ) : (
          <span className="tabular-nums">
            Last active {formatWindow(Date.parse(last.from), Date.parse(last.to))}
          </span>
        )
      }
      actions={
        <Button variant="quiet" size="small" disabled={query.isFetching} onClick={() => void query.refetch()}>
          <RotateCw aria-hidden="true" />
          Read again
        </Button>
      }
    >
      <QueryBody query={query} skeleton={<RequestsSkeleton />} className="min-h-[32rem]">
        {() =>
          rows.length === 0 && !query.hasNextPage ? (
            <EmptyState
              title="No session was active in this window"
              actions={<Button onClick={() => state.setChoice({ period: '30d' })}>Show 30 days</Button>}
            >
              Requests belong to a session when their log or the client names one.
            </EmptyState>
          ) : (
            <>
              <SessionsTable rows={rows} />
              <div className="flex min-h-14 flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-2.5 text-sm text-muted sm:px-5">
                <span role="status" className="tabular-nums">
                  {formatExact(rows.length)} {rows.length === 1 ? 'session' : 'sessions'}
                  {query.hasNextPage && last !== undefined
                    ? `, back to ${formatInstant(Date.parse(last.searchedTo))}`
                    : ', no more in this window'}
                </span>
                {query.hasNextPage ? (
                  <Button onClick={() => void query.fetchNextPage()} disabled={query.isFetchingNextPage}>
                    {query.isFetchingNextPage ? 'Searching…' : 'Load more'}
                  </Button>
                ) : null}
              </div>
            </>
          )
        }
      </QueryBody>
    </Panel>
  )
}

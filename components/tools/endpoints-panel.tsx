'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import { ExportLinks } from '@/components/api/export-links'
import { Freshness } from '@/components/api/freshness'
import { QueryBody } from '@/components/api/query-body'
import { IntervalTrack } from '@/components/charts/interval-track'
import { Definition } from '@/components/definitions/definition'
import { logsPath } from '@/components/logs/logs-path'
import { type WindowChoice, windowSearchParams } from '@/components/time-window/window-choice'
import { WindowNote } from '@/components/time-window/window-note'
import { EmptyState } from '@/components/ui/empty-state'
import { Panel } from '@/components/ui/panel'
import { RowsSkeleton } from '@/components/ui/rows-skeleton'
import type { ToolEndpointRow } from '@/lib/analytics/tools/endpoints/schema'
import { intervalScale } from '@/lib/charts/interval-scale'
import { ErrorRate } from './error-rate'
import { MoreRows } from './more-rows'
import { NotNarrowed } from './not-narrowed'
import { intervalsOf, toInterval } from './to-interval'
import type { ToolsFilter } from './tools-filter'
import { EXPORT_ALL, toolEndpointsQueryOptions, toolsUrl } from './tools-query'

const FIRST_ROWS = 8

export function EndpointsPanel({ choice, filter }: { choice: WindowChoice; filter: ToolsFilter }) {
  const query = useQuery(toolEndpointsQueryOptions(choice))
  const [isAll, setIsAll] = useState(false)
  return (
    <Panel
      title="Which endpoints break tool calls most?"
      info={<Definition of="toolCallErrorRate" />}
      note={
        <>
          <WindowNote query={query} />
          <NotNarrowed filter={filter} />
          <Freshness query={query} />
        </>
      }
      actions={
        <ExportLinks
          subject="the endpoints"
          urlOf={(format) => toolsUrl({ path: 'endpoints', choice, parameters: EXPORT_ALL }, format)}
        />
      }
    >
      <QueryBody
        query={query}
        skeleton={<RowsSkeleton rows={FIRST_ROWS} rowHeight="h-13" hasHead hasMark={false} />}
        className="flex min-h-125 flex-1 flex-col"
      >
        {({ rows, rowCount }) =>
          rows.length === 0 ? (
            <EmptyState title="No tool calls were checked in this window">
              A call is checked when its log says which tools were offered.
            </EmptyState>
          ) : (
            <>
              <Table rows={isAll ? rows : rows.slice(0, FIRST_ROWS)} all={rows} choice={choice} />
              <MoreRows
                shown={isAll ? rows.length : FIRST_ROWS}
                total={rows.length}
                first={FIRST_ROWS}
                rowCount={rowCount}
                noun="endpoints"
                onToggle={() => setIsAll(!isAll)}
              />
            </>
          )
        }
      </QueryBody>
    </Panel>
  )
}

function Table({
  rows,
  all,
  choice,
}: {
  rows: readonly ToolEndpointRow[]
  /** The axis is that of all rows, so that it stays when more of them are shown. */
  all: readonly ToolEndpointRow[]
  choice: WindowChoice
}) {
  const scale = intervalScale(intervalsOf(all))
  return (
    <table className="w-full table-fixed text-sm">
      <caption className="sr-only">Endpoints by tool-call error rate, worst first</caption>
      <thead className="text-left text-xs text-muted [&_th]:h-9 [&_th]:font-medium">
        <tr className="border-y">
          <th scope="col" className="pl-4 sm:pl-5">
            Endpoint
          </th>
          <th scope="col" className="w-40 max-sm:hidden">
            <span className="sr-only">Error rate as a mark</span>
          </th>
          <th scope="col" className="w-40 pr-4 pl-4 sm:pr-5">
            Error rate
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.model} ${row.provider}`} className="h-13 border-b last:border-b-0 hover:bg-sunken">
            <th scope="row" className="py-1.5 pr-3 pl-4 text-left font-normal sm:pl-5">
              <Link
                href={logsPath({
                  ...windowSearchParams(choice),
                  model: row.model,
                  provider: row.provider,
                  verdict: 'bad',
                })}
                prefetch={false}
                className="block truncate font-medium hover:underline hover:underline-offset-2"
                title={`Requests with bad tool calls of ${row.model} at ${row.providerName}`}
              >
                {row.model}
              </Link>
              <span className="block truncate text-xs text-muted">at {row.providerName}</span>
            </th>
            <td className="max-sm:hidden">
              <IntervalTrack interval={toInterval(row)} scale={scale} color="var(--chart-4)" />
            </td>
            <td className="pr-4 pl-4 sm:pr-5">
              <ErrorRate rate={row} bad={row.badAttempts} sample={row.toolCallAttempts} of="attempts" />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ExportLinks } from '@/components/api/export-links'
import { Freshness } from '@/components/api/freshness'
import { QueryBody } from '@/components/api/query-body'
import { Definition } from '@/components/definitions/definition'
import { RankChange } from '@/components/rankings/rank-change'
import type { WindowChoice } from '@/components/time-window/window-choice'
import { WindowNote } from '@/components/time-window/window-note'
import { EmptyState } from '@/components/ui/empty-state'
import { Panel } from '@/components/ui/panel'
import { RowsSkeleton } from '@/components/ui/rows-skeleton'
import { EntityName } from '@/components/usage/entity-name'
import type { ToolModelRow } from '@/lib/analytics/tools/models/schema'
import { formatChange, formatCompact, formatExact, formatPercent } from '@/lib/platform/format'
import { MoreRows } from './more-rows'
import { NotNarrowed } from './not-narrowed'
import type { ToolsFilter } from './tools-filter'
import { toolModelsQueryOptions, toolsUrl } from './tools-query'

const FIRST_ROWS = 8

export function ModelsPanel({ choice, filter }: { choice: WindowChoice; filter: ToolsFilter }) {
  const query = useQuery(toolModelsQueryOptions(choice))
  const [isAll, setIsAll] = useState(false)
  return (
    <Panel
      title="Which models call the most tools?"
      info={<Definition of="toolCalls" />}
      note={
        <>
          <WindowNote query={query} />
          <NotNarrowed filter={filter} />
          <Freshness query={query} />
        </>
      }
      actions={
        <ExportLinks
          subject="the models by tool calls"
          urlOf={(format) => toolsUrl({ path: 'models', choice, parameters: {} }, format)}
        />
      }
    >
      <QueryBody
        query={query}
        skeleton={<RowsSkeleton rows={FIRST_ROWS} rowHeight="h-13" hasHead />}
        className="flex min-h-125 flex-1 flex-col"
      >
        {({ rows, totals }) =>
          rows.length === 0 ? (
            <EmptyState title="No tool calls in this window" />
          ) : (
            <>
              <Table
                rows={isAll ? rows : rows.slice(0, FIRST_ROWS)}
                hasPrevious={totals.previousToolCalls > 0}
              />
              <MoreRows
                shown={isAll ? rows.length : FIRST_ROWS}
                total={rows.length}
                first={FIRST_ROWS}
                noun="models"
                onToggle={() => setIsAll(!isAll)}
              />
            </>
          )
        }
      </QueryBody>
    </Panel>
  )
}

function Table({ rows, hasPrevious }: { rows: readonly ToolModelRow[]; hasPrevious: boolean }) {
  return (
    <table className="w-full table-fixed text-sm">
      <caption className="sr-only">Models ranked by tool calls</caption>
      <thead className="text-right text-xs text-muted [&_th]:h-9 [&_th]:font-medium">
        <tr className="border-y">
          <th scope="col" className="w-13 pl-4 text-left sm:w-15 sm:pl-5">
            Rank
          </th>
          <th scope="col" className="text-left">
            Model
          </th>
          <th scope="col" className="w-17">
            Calls
          </th>
          <th scope="col" className="w-19 max-sm:hidden">
            A request
          </th>
          <th scope="col" className="w-20 pr-4 sm:pr-5">
            Share
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key} className="h-13 border-b text-right tabular-nums last:border-b-0 hover:bg-sunken">
            <td className="pl-4 text-left whitespace-nowrap sm:pl-5">
              <span className="font-medium">{row.rank}</span>{' '}
              {hasPrevious ? <RankChange rank={row.rank} previousRank={row.previousRank} /> : null}
            </td>
            <th scope="row" className="py-1.5 pr-2 text-left font-normal">
              <EntityName by="model" entityKey={row.key} label={row.key} color={null} />
            </th>
            <td title={`${formatExact(row.toolCalls)} tool calls`}>
              <span className="font-medium">{formatCompact(row.toolCalls)}</span>
              <span className="block text-2xs text-muted">{hasPrevious ? changeText(row) : null}</span>
            </td>
            <td
              className="text-muted max-sm:hidden"
              title={`${formatExact(row.requestsWithCalls)} requests with a tool call`}
            >
              {row.callsPerRequest === null ? '–' : formatCompact(roundToHundredth(row.callsPerRequest))}
            </td>
            <td className="pr-4 sm:pr-5">{formatPercent(row.share)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function changeText({ previousToolCalls, change }: ToolModelRow): string {
  return previousToolCalls === 0 ? 'new' : formatChange(change)
}

function roundToHundredth(value: number): number {
  return Math.round(value * 100) / 100
}

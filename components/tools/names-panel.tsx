'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ExportLinks } from '@/components/api/export-links'
import { Freshness } from '@/components/api/freshness'
import { QueryBody } from '@/components/api/query-body'
import { Definition } from '@/components/definitions/definition'
import type { WindowChoice } from '@/components/time-window/window-choice'
import { WindowNote } from '@/components/time-window/window-note'
import { EmptyState } from '@/components/ui/empty-state'
import { Panel } from '@/components/ui/panel'
import { RowsSkeleton } from '@/components/ui/rows-skeleton'
import { Segmented } from '@/components/ui/segmented'
import type { ToolNameRow } from '@/lib/analytics/tools/names/schema'
import type { ToolSort } from '@/lib/analytics/tools/tool-sorts'
import { formatCompact, formatExact } from '@/lib/platform/format'
import { BadCallsBar, BadCallsLegend } from './bad-calls-bar'
import { ErrorRate } from './error-rate'
import { MoreRows } from './more-rows'
import { NotNarrowed } from './not-narrowed'
import type { ToolsFilter } from './tools-filter'
import { EXPORT_ALL, toolNamesQueryOptions, toolsUrl } from './tools-query'

const FIRST_ROWS = 8
const SORT_OPTIONS = [
  { value: 'calls' as const, label: 'Most called' },
  { value: 'errorRate' as const, label: 'Most failing' },
]

export function NamesPanel({
  choice,
  filter,
  sort,
  onSortChange,
  onTool,
}: {
  choice: WindowChoice
  filter: ToolsFilter
  sort: ToolSort
  onSortChange: (sort: ToolSort) => void
  /** Asks for the failing calls of one tool. */
  onTool: (tool: string) => void
}) {
  const query = useQuery(toolNamesQueryOptions({ choice, sort }))
  const [isAll, setIsAll] = useState(false)
  return (
    <Panel
      title="Which tools are called, and which fail?"
      info={<Definition of="toolErrorRate" />}
      note={
        <>
          <WindowNote query={query} />
          <NotNarrowed filter={filter} />
          <Freshness query={query} />
        </>
      }
      actions={
        <>
          <ExportLinks
            subject="the tools"
            urlOf={(format) =>
              toolsUrl({ path: 'names', choice, parameters: { sort, ...EXPORT_ALL } }, format)
            }
          />
          <Segmented label="Order of the tools" options={SORT_OPTIONS} value={sort} onChange={onSortChange} />
        </>
      }
    >
      <QueryBody
        query={query}
        skeleton={<RowsSkeleton rows={FIRST_ROWS} rowHeight="h-13" hasHead hasMark={false} />}
        className="flex min-h-125 flex-1 flex-col"
      >
        {({ rows, rowCount }) =>
          rows.length === 0 ? (
            <EmptyState title="No tool was called in this window" />
          ) : (
            <>
              <Table rows={isAll ? rows : rows.slice(0, FIRST_ROWS)} onTool={onTool} />
              <BadCallsLegend className="border-t px-4 py-3 max-sm:hidden sm:px-5" />
              <MoreRows
                shown={isAll ? rows.length : FIRST_ROWS}
                total={rows.length}
                first={FIRST_ROWS}
                rowCount={rowCount}
                noun="tools"
                onToggle={() => setIsAll(!isAll)}
              />
            </>
          )
        }
      </QueryBody>
    </Panel>
  )
}

function Table({ rows, onTool }: { rows: readonly ToolNameRow[]; onTool: (tool: string) => void }) {
  return (
    <table className="w-full table-fixed text-sm">
      <caption className="sr-only">Tools by calls and by errors</caption>
      <thead className="text-left text-xs text-muted [&_th]:h-9 [&_th]:font-medium">
        <tr className="border-y">
          <th scope="col" className="pl-4 sm:pl-5">
            Tool
          </th>
          <th scope="col" className="w-18 text-right">
            Calls
          </th>
          <th scope="col" className="w-34 pl-5 max-sm:hidden">
            Bad calls
          </th>
          <th scope="col" className="w-40 pr-4 pl-5 sm:pr-5">
            Error rate
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.tool} className="h-13 border-b last:border-b-0 hover:bg-sunken">
            <th scope="row" className="py-1.5 pr-3 pl-4 text-left font-normal sm:pl-5">
              {row.badCalls > 0 ? (
                <button
                  type="button"
                  title="Show its failing calls"
                  onClick={() => onTool(row.tool)}
                  className="block max-w-full truncate font-mono text-xs hover:underline hover:underline-offset-2"
                >
                  {row.tool}
                </button>
              ) : (
                <span className="block truncate font-mono text-xs">{row.tool}</span>
              )}
            </th>
            <td className="text-right tabular-nums" title={`${formatExact(row.calls)} calls`}>
              {formatCompact(row.calls)}
            </td>
            <td className="pl-5 max-sm:hidden">
              <BadCallsBar byClass={row.byClass} />
            </td>
            <td className="pr-4 pl-5 sm:pr-5">
              <ErrorRate rate={row} bad={row.badCalls} sample={row.checkedCalls} of="calls" />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

'use client'

import { useQuery } from '@tanstack/react-query'
import { ExportLinks } from '@/components/api/export-links'
import { Freshness } from '@/components/api/freshness'
import { QueryBody } from '@/components/api/query-body'
import { Definition } from '@/components/definitions/definition'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Panel } from '@/components/ui/panel'
import { RowsSkeleton } from '@/components/ui/rows-skeleton'
import { Segmented } from '@/components/ui/segmented'
import type { LaunchesAnswer } from '@/lib/analytics/models/schema'
import { matcher } from './filter-models'
import { groupLaunches, type LaunchGrouping } from './group-launches'
import { LaunchItem } from './launch-item'
import { launchesExportUrl, launchesQueryOptions } from './models-query'

const BY_OPTIONS = [
  { value: 'month' as const, label: 'By month' },
  { value: 'week' as const, label: 'By week' },
]

/** When each model came out, newest first, and what became of it. */
export function LaunchesPanel({
  q,
  author,
  by,
  onByChange,
  onClear,
}: {
  q: string
  author: string | null
  by: LaunchGrouping
  onByChange: (by: LaunchGrouping) => void
  onClear: () => void
}) {
  const query = useQuery(launchesQueryOptions())
  return (
    <Panel
      title="When did which model come out?"
      info={<Definition of="launch" />}
      note={
        <>
          Newest first, UTC days; tokens of all time
          <Freshness query={query} />
        </>
      }
      actions={
        <>
          <Segmented label="Group" options={BY_OPTIONS} value={by} onChange={onByChange} />
          <ExportLinks subject="the launches" urlOf={launchesExportUrl} />
        </>
      }
    >
      <QueryBody query={query} skeleton={<RowsSkeleton />} className="min-h-96">
        {(answer) => <Timeline answer={answer} {...{ q, author, by, onClear }} />}
      </QueryBody>
    </Panel>
  )
}

function Timeline({
  answer,
  q,
  author,
  by,
  onClear,
}: {
  answer: LaunchesAnswer
  q: string
  author: string | null
  by: LaunchGrouping
  onClear: () => void
}) {
  const isSearched = matcher(q)
  const rows = answer.rows.filter((row) => isSearched(row) && (author === null || row.author === author))
  if (rows.length === 0) {
    return (
      <EmptyState
        title="No launch matches"
        actions={<Button onClick={onClear}>Clear the search and filters</Button>}
      />
    )
  }
  const mostTokens = Math.max(...answer.rows.map(({ totalTokens }) => totalTokens))
  return (
    <div className="pb-2">
      {groupLaunches(rows, by).map((group) => (
        <section key={group.startMs} aria-label={group.label} className="border-t">
          <h3 className="sticky top-0 z-10 flex items-baseline gap-2 bg-surface px-4 pt-3 pb-1.5 text-sm font-medium max-lg:top-12 sm:px-5">
            {group.label}
            <span className="text-xs font-normal text-muted tabular-nums">
              {group.rows.length === 1 ? '1 model' : `${group.rows.length} models`}
            </span>
          </h3>
          <ol>
            {group.rows.map((row) => (
              <LaunchItem key={row.model} row={row} mostTokens={mostTokens} />
            ))}
          </ol>
        </section>
      ))}
    </div>
  )
}

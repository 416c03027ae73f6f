'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ExportLinks } from '@/components/api/export-links'
import { Freshness } from '@/components/api/freshness'
import { QueryBody } from '@/components/api/query-body'
import { Definition } from '@/components/definitions/definition'
import { SUBJECTS } from '@/components/rankings/subjects'
import type { WindowChoice } from '@/components/time-window/window-choice'
import { WindowNote } from '@/components/time-window/window-note'
import { EmptyState } from '@/components/ui/empty-state'
import { Panel } from '@/components/ui/panel'
import { RowsSkeleton } from '@/components/ui/rows-skeleton'
import { Segmented } from '@/components/ui/segmented'
import { TOOL_SUBJECTS, type ToolSubject } from '@/lib/analytics/tools/tool-subjects'
import { BreakdownTable } from './breakdown-table'
import { MoreRows } from './more-rows'
import { NotNarrowed } from './not-narrowed'
import type { ToolsFilter } from './tools-filter'
import { breakdownQueryOptions, toolsUrl } from './tools-query'

const SUBJECT_OPTIONS = TOOL_SUBJECTS.map((by) => ({ value: by, label: SUBJECTS[by].tab }))
const FIRST_ROWS = 8

/** The funnel of each model, author, provider or app beside the others'. */
export function BreakdownPanel({
  choice,
  filter,
  by,
  onByChange,
  onFilter,
}: {
  choice: WindowChoice
  filter: ToolsFilter
  by: ToolSubject
  onByChange: (by: ToolSubject) => void
  onFilter: (filter: ToolsFilter) => void
}) {
  const query = useQuery(breakdownQueryOptions({ choice, by }))
  const [isAll, setIsAll] = useState(false)
  return (
    <Panel
      title="Whose requests are these?"
      info={<Definition of="toolFunnel" />}
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
            subject={`the funnel by ${SUBJECTS[by].one}`}
            urlOf={(format) => toolsUrl({ path: 'breakdown', choice, parameters: { by } }, format)}
          />
          <Segmented
            label="Break down by"
            options={SUBJECT_OPTIONS}
            value={by}
            onChange={(next) => {
              setIsAll(false)
              onByChange(next)
            }}
          />
        </>
      }
    >
      <QueryBody
        query={query}
        skeleton={<RowsSkeleton rows={FIRST_ROWS} rowHeight="h-13" hasHead />}
        className="flex min-h-125 flex-1 flex-col"
      >
        {(answer) =>
          answer.rows.length === 0 ? (
            <EmptyState title="No requests in this window" />
          ) : (
            <>
              <BreakdownTable
                by={answer.by}
                rows={isAll ? answer.rows : answer.rows.slice(0, FIRST_ROWS)}
                onFilter={onFilter}
              />
              <MoreRows
                shown={isAll ? answer.rows.length : FIRST_ROWS}
                total={answer.rows.length}
                first={FIRST_ROWS}
                noun={SUBJECTS[answer.by].many}
                onToggle={() => setIsAll(!isAll)}
              />
            </>
          )
        }
      </QueryBody>
    </Panel>
  )
}

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
import { Segmented } from '@/components/ui/segmented'
import { TOOL_SUBJECTS, type ToolSubject } from '@/lib/analytics/tools/tool-subjects'
import { BreakdownTable } from './breakdown-table'
import { MoreRows } from './more-rows'
import { TableSkeleton } from './table-skeleton'
import type { ToolsFilter } from './tools-filter'
import { breakdownQueryOptions, toolsUrl } from './tools-query'

const SUBJECT_OPTIONS = TOOL_SUBJECTS.map((by) => ({ value: by, label: SUBJECTS[by].tab }))
const FIRST_ROWS = 8

/** The funnel of each model, author, provider or app beside the others'. */
export function BreakdownPanel({
  choice,
  by,
  onByChange,
  onFilter,
}: {
  choice: WindowChoice
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
        skeleton={<TableSkeleton rows={FIRST_ROWS} />}
        className="flex min-h-100 flex-1 flex-col"
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

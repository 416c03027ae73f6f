'use client'

import { useQuery } from '@tanstack/react-query'
import { useQueryStates } from 'nuqs'
import { ExportLinks } from '@/components/api/export-links'
import { Freshness } from '@/components/api/freshness'
import { QueryBody } from '@/components/api/query-body'
import { Definition } from '@/components/definitions/definition'
import type { WindowChoice } from '@/components/time-window/window-choice'
import { WindowNote } from '@/components/time-window/window-note'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Panel } from '@/components/ui/panel'
import type { UseCasesAnswer } from '@/lib/analytics/use-cases/schema'
import { formatExact } from '@/lib/platform/format'
import { NamedShareNotice } from './named-share-notice'
import { RankingTable } from './ranking-table'
import { ThreeWays } from './three-ways'
import { caseRankingExportUrl, caseRankingQueryOptions } from './use-cases-query'
import { useCasesParsers } from './use-cases-url-state'

const FIRST_ROWS = 10

/** Use cases by tokens; where no request has one, how they get one. */
export function RankingPanel({
  choice,
  onChoiceChange,
  selected,
  canEdit,
}: {
  choice: WindowChoice
  onChoiceChange: (choice: WindowChoice) => void
  selected: string | null
  canEdit: boolean
}) {
  const query = useQuery(caseRankingQueryOptions(choice))
  return (
    <Panel
      title="Top use cases"
      info={<Definition of="useCase" />}
      note={
        <>
          <WindowNote query={query} />
          <Freshness query={query} />
        </>
      }
      actions={<ExportLinks subject="use cases" urlOf={(format) => caseRankingExportUrl(choice, format)} />}
    >
      <QueryBody query={query} skeleton={<RankingSkeleton />} className="min-h-64">
        {(answer) =>
          answer.rows.length === 0 ? (
            <EmptyState
              title="No requests were logged in this window"
              actions={<Button onClick={() => onChoiceChange({ period: '90d' })}>Show 90 days</Button>}
            >
              There are requests at other times.
            </EmptyState>
          ) : (
            <Ranking answer={answer} choice={choice} selected={selected} canEdit={canEdit} />
          )
        }
      </QueryBody>
    </Panel>
  )
}

function Ranking({
  answer,
  choice,
  selected,
  canEdit,
}: {
  answer: UseCasesAnswer
  choice: WindowChoice
  selected: string | null
  canEdit: boolean
}) {
  const [{ all }, setState] = useQueryStates(useCasesParsers)
  const shown = all ? answer.rows : answer.rows.slice(0, FIRST_ROWS)
  const hasNone = answer.totals.namedRequestShare === 0
  return (
    <>
      <NamedShareNotice totals={answer.totals} canEdit={canEdit} />
      <RankingTable answer={answer} rows={shown} choice={choice} selected={selected} />
      <div className="flex min-h-13 items-center justify-between gap-3 px-4 py-2.5 text-sm text-muted sm:px-5">
        <span aria-live="polite" className="tabular-nums">
          {formatExact(shown.length)} of {formatExact(answer.rows.length)} use cases
        </span>
        {answer.rows.length > FIRST_ROWS ? (
          <Button onClick={() => void setState({ all: all ? null : true })}>
            {all ? `Show the first ${FIRST_ROWS}` : `Show all ${formatExact(answer.rows.length)}`}
          </Button>
        ) : null}
      </div>
      {hasNone ? (
        <div className="border-t px-4 py-5 sm:px-5">
          <ThreeWays />
        </div>
      ) : null}
    </>
  )
}

function RankingSkeleton() {
  return (
    <div aria-hidden="true">
      {Array.from({ length: 6 }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are the same for ever
        <div key={index} className="flex h-13 items-center gap-4 border-t px-4 sm:px-5">
          <span className="skeleton h-4 w-6" />
          <span className="skeleton size-8 rounded-lg" />
          <span className="skeleton h-4 w-40" />
          <span className="skeleton ml-auto h-4 w-24" />
        </div>
      ))}
    </div>
  )
}

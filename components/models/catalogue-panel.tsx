'use client'

import type { UseQueryResult } from '@tanstack/react-query'
import { ExportLinks } from '@/components/api/export-links'
import { Freshness } from '@/components/api/freshness'
import { QueryBody } from '@/components/api/query-body'
import type { WindowChoice } from '@/components/time-window/window-choice'
import { WindowNote } from '@/components/time-window/window-note'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Panel } from '@/components/ui/panel'
import { RowsSkeleton } from '@/components/ui/rows-skeleton'
import { SortSelect } from '@/components/ui/sort-select'
import type { Sorting } from '@/components/ui/sorting'
import type { ModelsAnswer } from '@/lib/analytics/models/schema'
import { formatExact } from '@/lib/platform/format'
import { CatalogueTable } from './catalogue-table'
import { filterModels, type ModelFilter } from './filter-models'
import { MODEL_SORT_OPTIONS } from './model-columns'
import { modelsExportUrl } from './models-query'
import { FIRST_DIRECTION, type ModelSort, sortModels } from './sort-models'

const FIRST_ROWS = 50
const NO_FILTER: ModelFilter = { q: '', author: null, tools: false, context: null, price: null }

export type CatalogueState = ModelFilter & Sorting<ModelSort> & { all: boolean }

export function CataloguePanel({
  query,
  choice,
  state,
  onStateChange,
}: {
  query: UseQueryResult<ModelsAnswer>
  choice: WindowChoice
  state: CatalogueState
  onStateChange: (change: Partial<CatalogueState>) => void
}) {
  return (
    <Panel
      title="Which model for what?"
      note={
        <>
          Tokens of <WindowNote query={query} />; uptime, latency and bad tool calls of its last two days;
          prices in US dollars per million tokens
          <Freshness query={query} />
        </>
      }
      actions={
        <>
          <SortSelect
            options={MODEL_SORT_OPTIONS}
            sort={state.sort}
            onSort={onStateChange}
            className="xl:hidden"
          />
          <ExportLinks subject="the catalogue" urlOf={(format) => modelsExportUrl(choice, format)} />
        </>
      }
    >
      <QueryBody query={query} skeleton={<RowsSkeleton />} className="min-h-96">
        {(answer) => <Rows answer={answer} state={state} onStateChange={onStateChange} />}
      </QueryBody>
    </Panel>
  )
}

function Rows({
  answer,
  state,
  onStateChange,
}: {
  answer: ModelsAnswer
  state: CatalogueState
  onStateChange: (change: Partial<CatalogueState>) => void
}) {
  const matching = sortModels({
    rows: filterModels(answer.rows, state),
    sort: state.sort,
    direction: state.direction ?? FIRST_DIRECTION[state.sort],
  })
  if (matching.length === 0) {
    return (
      <EmptyState
        title={state.q === '' ? 'No model fits all of that' : `No model matches “${state.q}”`}
        actions={<Button onClick={() => onStateChange(NO_FILTER)}>Clear the search and filters</Button>}
      />
    )
  }
  const shown = state.all ? matching : matching.slice(0, FIRST_ROWS)
  return (
    <>
      <CatalogueTable rows={shown} sorting={state} onSort={onStateChange} />
      <div className="flex min-h-13 items-center justify-between gap-3 border-t px-4 py-2.5 text-sm text-muted sm:px-5">
        <span aria-live="polite" className="tabular-nums">
          {formatExact(shown.length)} of {formatExact(answer.rows.length)} models
        </span>
        {matching.length > FIRST_ROWS ? (
          <Button onClick={() => onStateChange({ all: !state.all })}>
            {state.all ? `Show the first ${FIRST_ROWS}` : `Show all ${formatExact(matching.length)}`}
          </Button>
        ) : null}
      </div>
    </>
  )
}

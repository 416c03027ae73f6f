'use client'

import type { UseQueryResult } from '@tanstack/react-query'
import clsx from 'clsx'
import { QueryBody } from '@/components/api/query-body'
import { Panel } from '@/components/ui/panel'
import { formatExact } from '@/lib/platform/format'
import { type CallOutcome, isErrorOutcome } from '@/lib/trials/call-outcome'
import { OUTCOME_LABELS } from '@/lib/trials/outcome-label'
import type { Trial, TrialCell } from '@/lib/trials/schema'
import { CallGrid, MOST_WITH_LETTERS } from './call-grid'
import { outcomeFill } from './outcome-look'

/** What the colours of the cells tell apart; the classes of errors have a panel of their own. */
const CELL_KINDS = [
  { kind: 'clean', label: OUTCOME_LABELS.clean, fill: outcomeFill('clean') },
  { kind: 'no_tool', label: OUTCOME_LABELS.no_tool, fill: outcomeFill('no_tool') },
  { kind: 'error', label: 'Error', fill: outcomeFill('invalid_json') },
] as const
type CellKind = CallOutcome | 'error'

export function CallGridPanel({
  trial,
  cells,
  onOpen,
}: {
  trial: Trial
  cells: UseQueryResult<TrialCell[]>
  onOpen: (index: number) => void
}) {
  return (
    <Panel
      title="Every call"
      note={`In order${trial.calls > MOST_WITH_LETTERS ? '' : '; the letter is the provider that answered'}. Open one to see what it got.`}
    >
      <QueryBody
        query={cells}
        className="px-4 pb-4 sm:px-5 sm:pb-5"
        skeleton={<span aria-hidden="true" className="skeleton block h-40" />}
      >
        {(list) => (
          <div className="flex flex-col gap-4">
            <CallGrid planned={trial.calls} cells={list} onOpen={onOpen} />
            <Legend cells={list} planned={trial.calls} />
          </div>
        )}
      </QueryBody>
    </Panel>
  )
}

function Legend({ cells, planned }: { cells: readonly TrialCell[]; planned: number }) {
  const notMade = planned - cells.length
  const counts = new Map<CellKind, number>()
  for (const { outcome } of cells) {
    const kind = isErrorOutcome(outcome) ? 'error' : outcome
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
      {CELL_KINDS.map(({ kind, label, fill }) => (
        <li key={kind} className="flex items-center gap-1.5 tabular-nums">
          <span aria-hidden="true" className={clsx('size-2.5 rounded-sm', fill)} />
          {label} {formatExact(counts.get(kind) ?? 0)}
        </li>
      ))}
      {notMade > 0 ? (
        <li className="flex items-center gap-1.5 tabular-nums">
          <span aria-hidden="true" className="size-2.5 rounded-sm border border-dashed" />
          Not made {formatExact(notMade)}
        </li>
      ) : null}
    </ul>
  )
}

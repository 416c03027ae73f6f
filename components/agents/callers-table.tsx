'use client'

import { Definition } from '@/components/definitions/definition'
import type { WindowChoice } from '@/components/time-window/window-choice'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import type { CallersAnswer } from '@/lib/analytics/agents/callers/schema'
import { formatExact } from '@/lib/platform/format'
import { CallerTableRow } from './caller-table-row'
import { CALLER_WORDS } from './caller-words'
import type { CallersState } from './callers-panel'
import { filterCallers } from './filter-callers'
import type { Declaration } from './use-declare-caller-kind'

/** Rows shown before “show all”. */
const FIRST_ROWS = 15

export function CallersTable({
  answer,
  choice,
  state,
  onStateChange,
  onDeclare,
}: {
  answer: CallersAnswer
  choice: WindowChoice
  state: CallersState
  onStateChange: (change: Partial<CallersState>) => void
  /** Null for readers who may not say who drives a caller. */
  onDeclare: ((declaration: Declaration) => void) | null
}) {
  const words = CALLER_WORDS[answer.by]
  const matching = filterCallers(answer.rows, { filter: state.q, callerClass: state.class })
  const shown = state.all ? matching : matching.slice(0, FIRST_ROWS)
  return (
    <>
      <table className="w-full table-fixed text-sm tabular-nums">
        <caption className="sr-only">{words.many} by class and tokens</caption>
        <thead className="text-xs text-muted [&_th]:h-9 [&_th]:border-t [&_th]:font-medium [&_th]:whitespace-nowrap">
          <tr>
            <th scope="col" className="pl-4 text-left sm:pl-5">
              <span className="capitalize">{words.one}</span>
            </th>
            <th scope="col" className="w-24 text-left sm:w-28">
              Class
            </th>
            <th scope="col" className="w-40 text-left max-sm:hidden lg:w-56">
              <span className="inline-flex items-center gap-1">
                Agentic share <Definition of="callerAgenticShare" />
              </span>
            </th>
            <th scope="col" className="w-20 text-right sm:w-24">
              Tokens
            </th>
            <th scope="col" className="w-28 text-right max-md:hidden">
              <span className="inline-flex items-center gap-1">
                Of all <Definition of="share" />
              </span>
            </th>
            <th scope="col" className="w-28 text-right max-md:hidden">
              Requests
            </th>
            <td className="w-14 border-t" />
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <CallerTableRow
              key={row.id}
              row={row}
              by={answer.by}
              choice={choice}
              onDeclare={row.id > 0 ? onDeclare : null}
            />
          ))}
        </tbody>
      </table>
      {matching.length === 0 ? (
        <EmptyState
          title={`No ${words.one} matches`}
          actions={<Button onClick={() => onStateChange({ q: '', class: null })}>Clear the filters</Button>}
        />
      ) : null}
      <div className="flex min-h-13 items-center justify-between gap-3 border-t px-4 py-2.5 text-sm text-muted sm:px-5">
        <span aria-live="polite" className="tabular-nums">
          {formatExact(shown.length)} of {formatExact(answer.rows.length)} {words.many}
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

'use client'

import clsx from 'clsx'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Definition } from '@/components/definitions/definition'
import { StatusName } from '@/components/live/status-mark'
import { Button } from '@/components/ui/button'
import type { ProviderRow } from '@/lib/analytics/providers/schema'
import { formatExact } from '@/lib/platform/format'
import { ATTEMPT_COLUMNS, summaryOf } from './attempt-columns'
import { UptimeFigure } from './attempt-figures'
import { ErrorClasses } from './error-classes'
import {
  ATTEMPT_SORTS,
  type AttemptRow,
  type AttemptSort,
  FIRST_DIRECTION,
  type SortDirection,
} from './sort-attempts'

export type AttemptsTableRow = AttemptRow & Pick<ProviderRow, 'toolCallAttempts' | 'status'>

export type TableSort = { sort: AttemptSort; direction: SortDirection | null }

const LAST_COLUMN = ATTEMPT_COLUMNS.at(-1)?.sort

/** Longer tables begin with this many rows. */
const FIRST_ROWS = 15

/** Attempts by provider or by endpoint, sortable by each column; on a phone a list. */
export function AttemptsTable<Row extends AttemptsTableRow>({
  caption,
  nameLabel,
  rows,
  keyOf,
  nameOf,
  renderName,
  renderNow,
  sort,
  onSort,
  rowsName,
  total = rows.length,
}: {
  caption: string
  nameLabel: string
  /** Already in order. */
  rows: readonly Row[]
  keyOf: (row: Row) => string
  nameOf: (row: Row) => string
  renderName: (row: Row) => ReactNode
  /** What differs now from the window, below its status. */
  renderNow: (row: Row) => ReactNode
  sort: TableSort
  onSort: (sort: TableSort) => void
  /** What the rows are, for the count below them: “15 of 70 providers”. */
  rowsName: string
  /** How many there are without a filter. */
  total?: number
}) {
  const [isWhole, setIsWhole] = useState(false)
  const shown = isWhole ? rows : rows.slice(0, FIRST_ROWS)
  return (
    <>
      <table className="w-full text-sm">
        <caption className="sr-only">{caption}</caption>
        <thead className="text-xs text-muted max-xl:sr-only [&_th]:h-9 [&_th]:font-medium [&_th]:whitespace-nowrap">
          <tr className="border-y">
            <SortableHeader
              column="name"
              label={nameLabel}
              {...{ sort, onSort }}
              className="pl-5 text-left"
            />
            <SortableHeader column="worst" label="Status" {...{ sort, onSort }} className="text-left" />
            {ATTEMPT_COLUMNS.map(({ sort: column, label, definition, isExtra }) => (
              <SortableHeader
                key={column}
                column={column}
                label={label}
                info={definition ? <Definition of={definition} /> : null}
                {...{ sort, onSort }}
                className={clsx('pl-3 text-right last:pr-5', isExtra && 'max-[1400px]:hidden')}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr
              key={keyOf(row)}
              className="border-b last:border-b-0 max-xl:grid max-xl:grid-cols-[1fr_auto] max-xl:items-center max-xl:gap-x-3 max-xl:gap-y-1 max-xl:px-4 max-xl:py-3 xl:h-14"
            >
              <th scope="row" className="min-w-0 text-left font-normal xl:max-w-56 xl:pr-3 xl:pl-5">
                {renderName(row)}
              </th>
              <td className="max-xl:text-right">
                <span className="flex flex-col max-xl:items-end">
                  <StatusName status={row.status} className="text-xs xl:text-sm" />
                  {renderNow(row)}
                </span>
              </td>
              {ATTEMPT_COLUMNS.map(({ sort: column, isExtra, cell }) => (
                <td
                  key={column}
                  className={clsx(
                    'pl-3 text-right tabular-nums max-xl:hidden',
                    isExtra && 'max-[1400px]:hidden',
                    column === LAST_COLUMN && 'pr-5',
                  )}
                >
                  {cell(row, nameOf(row))}
                </td>
              ))}
              <td className="text-xs text-muted tabular-nums xl:hidden">
                <span className="flex flex-wrap gap-x-3">
                  {summaryOf(row).map((fact) => (
                    <span key={fact} className="whitespace-nowrap">
                      {fact}
                    </span>
                  ))}
                </span>
              </td>
              <td className="flex flex-col items-end gap-0.5 text-right tabular-nums xl:hidden">
                <UptimeFigure uptime={row.uptime} attempts={row.attempts} />
                <ErrorClasses errorsByClass={row.errorsByClass} attempts={row.attempts} of={nameOf(row)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="flex min-h-13 items-center justify-between gap-3 border-t px-4 py-2.5 text-sm text-muted sm:px-5">
        <span aria-live="polite" className="tabular-nums">
          {formatExact(shown.length)} of {formatExact(total)} {rowsName}
        </span>
        {rows.length > FIRST_ROWS ? (
          <Button onClick={() => setIsWhole(!isWhole)}>
            {isWhole ? `Show the first ${FIRST_ROWS}` : `Show all ${formatExact(rows.length)}`}
          </Button>
        ) : null}
      </div>
    </>
  )
}

function SortableHeader({
  column,
  label,
  info,
  sort,
  onSort,
  className,
}: {
  column: AttemptSort
  label: string
  info?: ReactNode
  sort: TableSort
  onSort: (sort: TableSort) => void
  className?: string
}) {
  const isSorted = sort.sort === column
  const direction = isSorted ? (sort.direction ?? FIRST_DIRECTION[column]) : null
  const Arrow = direction === 'asc' ? ArrowUp : ArrowDown
  return (
    <th
      scope="col"
      aria-sort={direction === null ? undefined : direction === 'asc' ? 'ascending' : 'descending'}
      className={className}
    >
      <span className="inline-flex items-center gap-1">
        <button
          type="button"
          onClick={() => onSort({ sort: column, direction: nextDirection(column, direction) })}
          className={clsx(
            'inline-flex items-center gap-0.5 rounded-md hover:text-foreground',
            isSorted && 'text-foreground',
          )}
        >
          {label}
          {isSorted ? <Arrow className="size-3" aria-hidden="true" /> : null}
        </button>
        {info}
      </span>
    </th>
  )
}

/** A second click turns the order round; null is the column's own first direction, which the URL leaves out. */
function nextDirection(column: AttemptSort, direction: SortDirection | null): SortDirection | null {
  if (direction === null) return null
  const turned = direction === 'asc' ? 'desc' : 'asc'
  return turned === FIRST_DIRECTION[column] ? null : turned
}

const SORT_LABELS = {
  worst: 'Worst first',
  name: 'Name',
  attempts: 'Attempts',
  errors: 'Errors',
  uptime: 'Uptime',
  rateLimitedShare: 'Rate-limited share',
  latencyMsP50: 'Latency p50',
  latencyMsP95: 'Latency p95',
  tokensPerSecondP50: 'Throughput',
  toolCallErrorRate: 'Bad tool calls',
  requests: 'Requests',
  totalTokens: 'Tokens',
} as const satisfies Record<AttemptSort, string>

/** The same choice where the table has no head. */
export function SortSelect({ sort, onSort }: { sort: TableSort; onSort: (sort: TableSort) => void }) {
  const choose = (value: string) => {
    const chosen = ATTEMPT_SORTS.find((one) => one === value)
    if (chosen) onSort({ sort: chosen, direction: null })
  }
  return (
    <select
      aria-label="Sort by"
      value={sort.sort}
      onChange={(event) => choose(event.target.value)}
      className="h-8 rounded-lg border bg-surface px-2 text-sm xl:hidden"
    >
      {ATTEMPT_SORTS.map((one) => (
        <option key={one} value={one}>
          {SORT_LABELS[one]}
        </option>
      ))}
    </select>
  )
}

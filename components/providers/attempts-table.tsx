'use client'

import clsx from 'clsx'
import { type ReactNode, useState } from 'react'
import { Definition } from '@/components/definitions/definition'
import { StatusName } from '@/components/live/status-mark'
import { Button } from '@/components/ui/button'
import { SortHeader } from '@/components/ui/sort-header'
import type { Sorting } from '@/components/ui/sorting'
import type { ProviderRow } from '@/lib/analytics/providers/schema'
import { formatExact } from '@/lib/platform/format'
import { ATTEMPT_COLUMNS, summaryOf } from './attempt-columns'
import { UptimeFigure } from './attempt-figures'
import { ErrorClasses } from './error-classes'
import { type AttemptRow, type AttemptSort, FIRST_DIRECTION } from './sort-attempts'

export type AttemptsTableRow = AttemptRow & Pick<ProviderRow, 'toolCallAttempts' | 'status'>

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
  sorting,
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
  sorting: Sorting<AttemptSort>
  onSort: (sorting: Sorting<AttemptSort>) => void
  /** What the rows are, for the count below them: “15 of 70 providers”. */
  rowsName: string
  /** How many there are without a filter. */
  total?: number
}) {
  const [isWhole, setIsWhole] = useState(false)
  const sorted = { sorting, first: FIRST_DIRECTION, onSort }
  const shown = isWhole ? rows : rows.slice(0, FIRST_ROWS)
  return (
    <>
      <table className="w-full text-sm">
        <caption className="sr-only">{caption}</caption>
        <thead className="text-xs text-muted max-xl:sr-only [&_th]:h-9 [&_th]:font-medium [&_th]:whitespace-nowrap">
          <tr className="border-y">
            <SortHeader column="name" label={nameLabel} {...sorted} className="pl-5 text-left" />
            <SortHeader column="worst" label="Status" {...sorted} className="text-left" />
            {ATTEMPT_COLUMNS.map(({ sort: column, label, definition, isExtra }) => (
              <SortHeader
                key={column}
                column={column}
                label={label}
                info={definition ? <Definition of={definition} /> : null}
                {...sorted}
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

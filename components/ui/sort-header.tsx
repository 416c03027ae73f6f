'use client'

import clsx from 'clsx'
import { ArrowDown, ArrowUp } from 'lucide-react'
import type { ReactNode } from 'react'
import type { FirstDirections, SortDirection, Sorting } from './sorting'

/** The head of a column that sorts its table, and turns the order round when it does already. */
export function SortHeader<Column extends string>({
  column,
  label,
  info,
  sorting: { sort, direction: chosen },
  first,
  onSort,
  className,
}: {
  column: NoInfer<Column>
  label: string
  info?: ReactNode
  sorting: Sorting<Column>
  first: FirstDirections<Column>
  onSort: (sorting: Sorting<Column>) => void
  className?: string
}) {
  const direction = sort === column ? (chosen ?? first[column]) : null
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
          onClick={() => onSort({ sort: column, direction: nextDirection(direction, first[column]) })}
          className={clsx(
            'inline-flex items-center gap-0.5 rounded-md hover:text-foreground',
            direction !== null && 'text-foreground',
          )}
        >
          {label}
          {direction !== null ? <Arrow className="size-3" aria-hidden="true" /> : null}
        </button>
        {info}
      </span>
    </th>
  )
}

/** After a click; `direction` is null while another column sorts. */
function nextDirection(direction: SortDirection | null, first: SortDirection): SortDirection | null {
  if (direction === null) return null
  const turned = direction === 'asc' ? 'desc' : 'asc'
  return turned === first ? null : turned
}

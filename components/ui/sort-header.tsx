'use client'

import clsx from 'clsx'
import { ArrowDown, ArrowUp } from 'lucide-react'
import type { ReactNode } from 'react'

export type SortDirection = 'asc' | 'desc'

/** The head of a column that sorts its table; `direction` is null while another column does. */
export function SortHeader({
  label,
  info,
  direction,
  onSort,
  className,
}: {
  label: string
  info?: ReactNode
  direction: SortDirection | null
  onSort: () => void
  className?: string
}) {
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
          onClick={onSort}
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

/** The direction after a click: the column's own first, then turned round; null = its own, which the URL leaves out. */
export function nextDirection({
  direction,
  first,
}: {
  /** Null while another column sorts. */
  direction: SortDirection | null
  first: SortDirection
}): SortDirection | null {
  if (direction === null) return null
  const turned = direction === 'asc' ? 'desc' : 'asc'
  return turned === first ? null : turned
}

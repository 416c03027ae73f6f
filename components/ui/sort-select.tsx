import clsx from 'clsx'
import type { Sorting } from './sorting'

/** The column that sorts a table, where the table has no head; each begins with its own first direction. */
export function SortSelect<Column extends string>({
  label = 'Sort by',
  options,
  sort,
  onSort,
  className,
}: {
  label?: string
  options: readonly { sort: Column; label: string }[]
  sort: Column
  onSort: (sorting: Sorting<Column>) => void
  /** Says where it is hidden. */
  className: string
}) {
  const choose = (value: string) => {
    const chosen = options.find((option) => option.sort === value)
    if (chosen) onSort({ sort: chosen.sort, direction: null })
  }
  return (
    <select
      aria-label={label}
      value={sort}
      onChange={(event) => choose(event.target.value)}
      className={clsx('h-8 rounded-lg border bg-surface px-2 text-sm', className)}
    >
      {options.map((option) => (
        <option key={option.sort} value={option.sort}>
          {option.label}
        </option>
      ))}
    </select>
  )
}

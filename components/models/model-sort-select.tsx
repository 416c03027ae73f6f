'use client'

import { MODEL_COLUMNS } from './model-columns'
import { MODEL_SORTS, type ModelSort, type SortDirection } from './sort-models'

/** The order of the catalogue where its table has no head. */
export function ModelSortSelect({
  sort,
  onSort,
}: {
  sort: ModelSort
  onSort: (sorting: { sort: ModelSort; direction: SortDirection | null }) => void
}) {
  const choose = (value: string) => {
    const chosen = MODEL_SORTS.find((one) => one === value)
    if (chosen) onSort({ sort: chosen, direction: null })
  }
  return (
    <select
      aria-label="Sort by"
      value={sort}
      onChange={(event) => choose(event.target.value)}
      className="h-8 rounded-lg border bg-surface px-2 text-sm xl:hidden"
    >
      <option value="name">Name</option>
      {MODEL_COLUMNS.map(({ sort: column, label, longLabel }) => (
        <option key={column} value={column}>
          {longLabel ?? label}
        </option>
      ))}
    </select>
  )
}

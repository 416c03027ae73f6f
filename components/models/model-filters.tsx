'use client'

import { SearchField } from '@/components/ui/search-field'
import type { ModelFilter } from './filter-models'
import { FilterSelect } from './filter-select'

const CONTEXTS = [
  { value: '32000', label: '32K and more' },
  { value: '128000', label: '128K and more' },
  { value: '200000', label: '200K and more' },
  { value: '1000000', label: '1M and more' },
]
const TOOLS = [{ value: 'yes', label: 'Calls tools' }]
const PRICES = [
  { value: '0', label: 'Free' },
  { value: '0.5', label: 'Up to $0.50' },
  { value: '2', label: 'Up to $2' },
  { value: '10', label: 'Up to $10' },
]

/** Search first, then what else narrows the catalogue; all of it in the URL. */
export function ModelFilters({
  filter,
  authors,
  isTimeline,
  onChange,
}: {
  filter: ModelFilter
  authors: readonly string[]
  /** Launches know nothing of tools, context and prices. */
  isTimeline: boolean
  onChange: (change: Partial<ModelFilter>) => void
}) {
  return (
    <search className="flex flex-wrap items-center gap-2">
      <SearchField
        label="Search models"
        placeholder="Search by name, author or other name"
        value={filter.q}
        onChange={(q) => onChange({ q })}
        className="sm:w-80"
      />
      <FilterSelect
        label="Author"
        all="All authors"
        options={authors.map((author) => ({ value: author, label: author }))}
        value={filter.author}
        onChange={(author) => onChange({ author })}
      />
      {isTimeline ? null : (
        <>
          <FilterSelect
            label="Context"
            all="Any context"
            options={CONTEXTS}
            value={filter.context === null ? null : String(filter.context)}
            onChange={(value) => onChange({ context: value === null ? null : Number(value) })}
          />
          <FilterSelect
            label="Prompt price per million tokens"
            all="Any price"
            options={PRICES}
            value={filter.price === null ? null : String(filter.price)}
            onChange={(value) => onChange({ price: value === null ? null : Number(value) })}
          />
          <FilterSelect
            label="Tools"
            all="With or without tools"
            options={TOOLS}
            value={filter.tools ? 'yes' : null}
            onChange={(value) => onChange({ tools: value === 'yes' })}
          />
        </>
      )}
    </search>
  )
}

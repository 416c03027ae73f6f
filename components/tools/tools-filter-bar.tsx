'use client'

import { useQueries } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useState } from 'react'
import { SUBJECTS } from '@/components/rankings/subjects'
import type { WindowChoice } from '@/components/time-window/window-choice'
import { closePopover } from '@/components/ui/close-popover'
import { SearchPicker } from '@/components/ui/search-picker'
import { TOOL_SUBJECTS, type ToolSubject } from '@/lib/analytics/tools/tool-subjects'
import type { ToolsFilter } from './tools-filter'
import { breakdownQueryOptions } from './tools-query'

/** Whose requests the page shows, and the way to choose others. */
export function ToolsFilterBar({
  choice,
  filter,
  onChange,
}: {
  choice: WindowChoice
  filter: ToolsFilter
  onChange: (filter: ToolsFilter) => void
}) {
  // The names are asked for when somebody is about to open the list.
  const [isWanted, setIsWanted] = useState(false)
  const answers = useQueries({
    queries: TOOL_SUBJECTS.map((by) => ({ ...breakdownQueryOptions({ choice, by }), enabled: isWanted })),
  })
  const groups = TOOL_SUBJECTS.map((by, index) => ({
    heading: SUBJECTS[by].tab,
    options: (answers[index]?.data?.rows ?? []).map(({ key, label }) => ({
      value: toValue({ by, name: key }),
      keywords: [by],
      content: label,
    })),
  }))
  const choose = (value: string) => {
    const chosen = fromValue(value)
    const isSame = filter !== null && chosen !== null && value === toValue(filter)
    onChange(isSame ? null : chosen)
    closePopover()
  }
  return (
    <div
      className="flex min-w-0 flex-wrap items-center gap-2"
      onPointerEnter={() => setIsWanted(true)}
      onFocusCapture={() => setIsWanted(true)}
    >
      {filter === null ? (
        <span className="text-sm text-muted">All requests</span>
      ) : (
        <span className="inline-flex h-7 max-w-full min-w-0 items-center gap-1.5 rounded-lg border border-accent/50 bg-accent-soft pr-1 pl-2.5 text-sm text-accent-strong">
          <span className="truncate">
            <span className="capitalize">{SUBJECTS[filter.by].one}</span>{' '}
            <span className="font-medium">{filter.name}</span>
          </span>
          <button
            type="button"
            aria-label={`Show all requests again, not only ${SUBJECTS[filter.by].one} ${filter.name}`}
            onClick={() => onChange(null)}
            className="inline-flex rounded-md p-0.5 hover:bg-hover"
          >
            <X className="size-3.5" aria-hidden="true" />
          </button>
        </span>
      )}
      <SearchPicker
        label={filter === null ? 'Filter' : 'Change'}
        placeholder="Find a model, author, provider or app"
        groups={groups}
        selected={filter === null ? [] : [toValue(filter)]}
        emptyText={
          answers.some(({ isPending }) => isPending) ? 'Loading' : 'Nothing of that name in this window'
        }
        onToggle={choose}
      />
    </div>
  )
}

function toValue({ by, name }: { by: ToolSubject; name: string }): string {
  return `${by} ${name}`
}

function fromValue(value: string): ToolsFilter {
  const by = TOOL_SUBJECTS.find((subject) => value.startsWith(`${subject} `))
  return by === undefined ? null : { by, name: value.slice(by.length + 1) }
}

'use client'

import clsx from 'clsx'
import { Search } from 'lucide-react'
import { useId } from 'react'
import { Segmented } from '@/components/ui/segmented'
import { inputClass } from '@/components/ui/text-field'
import type { LeaderboardState } from './leaderboard-panel'
import { SUBJECTS } from './subjects'

const SORT_OPTIONS = [
  { value: 'tokens' as const, label: 'Most tokens' },
  { value: 'trending' as const, label: 'Trending' },
]

export function LeaderboardToolbar({
  state,
  onStateChange,
}: {
  state: LeaderboardState
  onStateChange: (change: Partial<LeaderboardState>) => void
}) {
  const searchId = useId()
  const { many } = SUBJECTS[state.by]
  return (
    <div className="flex flex-wrap items-center justify-between gap-2 border-b px-4 pb-3 sm:px-5">
      <Segmented
        label="Sort by"
        options={SORT_OPTIONS}
        value={state.sort}
        onChange={(sort) => onStateChange({ sort })}
      />
      <div className="relative max-sm:w-full sm:w-64">
        <label htmlFor={searchId} className="sr-only">
          Filter {many} by name
        </label>
        <Search
          className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted"
          aria-hidden="true"
        />
        <input
          id={searchId}
          type="search"
          value={state.q}
          onChange={(event) => onStateChange({ q: event.target.value })}
          placeholder={`Filter ${many}`}
          autoComplete="off"
          spellCheck={false}
          className={clsx(inputClass, 'h-8 border-border pl-8 text-sm')}
        />
      </div>
    </div>
  )
}

'use client'

import { SearchField } from '@/components/ui/search-field'
import { Segmented } from '@/components/ui/segmented'
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
  const { many } = SUBJECTS[state.by]
  return (
    <div className="flex flex-wrap items-center justify-between gap-2 border-b px-4 pb-3 sm:px-5">
      <Segmented
        label="Sort by"
        options={SORT_OPTIONS}
        value={state.sort}
        onChange={(sort) => onStateChange({ sort })}
      />
      <SearchField
        label={`Filter ${many} by name`}
        placeholder={`Filter ${many}`}
        value={state.q}
        onChange={(q) => onStateChange({ q })}
        className="sm:w-64"
      />
    </div>
  )
}

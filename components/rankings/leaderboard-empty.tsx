'use client'

import { useQuery } from '@tanstack/react-query'
import { FirstRecordGuide } from '@/components/first-record/first-record-guide'
import type { WindowChoice } from '@/components/time-window/window-choice'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import type { LeaderboardState } from './leaderboard-panel'
import { rankingsQueryOptions } from './rankings-query'
import { SUBJECTS } from './subjects'

/** Wide enough to hold any log there is. */
const ALL_TIME: WindowChoice = { fromMs: Date.UTC(2020, 0, 1), toMs: Date.UTC(2100, 0, 1) }

/** Tells a quiet window from an installation that has never seen a request. */
export function LeaderboardEmpty({
  state,
  onStateChange,
  onChoiceChange,
}: {
  state: LeaderboardState
  onStateChange: (change: Partial<LeaderboardState>) => void
  onChoiceChange: (choice: WindowChoice) => void
}) {
  const everything = useQuery(
    rankingsQueryOptions({ choice: ALL_TIME, by: state.by, sort: 'tokens', limit: 1 }),
  )
  if (everything.data?.rows.length === 0) return <FirstRecordGuide />
  const isTrending = state.sort === 'trending'
  return (
    <EmptyState
      title={
        isTrending
          ? `No ${SUBJECTS[state.by].one} is above its usual`
          : 'No requests were logged in this window'
      }
      actions={
        isTrending ? (
          <Button onClick={() => onStateChange({ sort: 'tokens' })}>Rank by tokens</Button>
        ) : (
          <Button onClick={() => onChoiceChange({ period: '90d' })}>Show 90 days</Button>
        )
      }
    >
      {isTrending
        ? 'Trending compares with the three preceding windows of the same length.'
        : 'Older or newer requests may still be there.'}
    </EmptyState>
  )
}

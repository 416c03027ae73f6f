import type { WindowChoice } from '@/components/time-window/window-choice'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import type { LeaderboardState } from './leaderboard-panel'
import { SUBJECTS } from './subjects'

export function LeaderboardEmpty({
  state,
  onStateChange,
  onChoiceChange,
}: {
  state: LeaderboardState
  onStateChange: (change: Partial<LeaderboardState>) => void
  onChoiceChange: (choice: WindowChoice) => void
}) {
  if (state.sort === 'trending') {
    return (
      <EmptyState
        title={`No ${SUBJECTS[state.by].one} is above its usual`}
        actions={<Button onClick={() => onStateChange({ sort: 'tokens' })}>Rank by tokens</Button>}
      >
        Trending compares with the three preceding windows of the same length.
      </EmptyState>
    )
  }
  return (
    <EmptyState
      title="No requests were logged in this window"
      actions={<Button onClick={() => onChoiceChange({ period: '90d' })}>Show 90 days</Button>}
    >
      There are requests at other times.
    </EmptyState>
  )
}

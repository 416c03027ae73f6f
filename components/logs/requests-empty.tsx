import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { formatInstant } from '@/lib/platform/format'
import type { LogsState } from './use-logs-state'

/** Why there is nothing, and what to do about it. */
export function RequestsEmpty({ state, droppedBefore }: { state: LogsState; droppedBefore: string | null }) {
  const isFiltered = Object.keys(state.filter).length > 0
  const showMonth = <Button onClick={() => state.setChoice({ period: '30d' })}>Show 30 days</Button>
  if (droppedBefore !== null) {
    return (
      <EmptyState title="These requests are no longer kept" actions={showMonth}>
        Single requests before {formatInstant(Date.parse(droppedBefore))} were dropped after their time. Their
        sums are kept: rankings and panels still count them.
      </EmptyState>
    )
  }
  if (isFiltered) {
    return (
      <EmptyState
        title="No request fits these filters"
        actions={
          <>
            <Button onClick={state.clear}>Clear all filters</Button>
            {showMonth}
          </>
        }
      >
        In this window nothing has all of them at once. Provider, failure, tool call and tool have to be true
        of the same attempt.
      </EmptyState>
    )
  }
  return (
    <EmptyState title="No requests were logged in this window" actions={showMonth}>
      They appear here as soon as they are logged.
    </EmptyState>
  )
}

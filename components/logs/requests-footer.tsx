import { errorMessage } from '@/components/api/error-note'
import { Button } from '@/components/ui/button'
import type { LogsAnswer } from '@/lib/analytics/logs/schema'
import { formatExact, formatInstant } from '@/lib/platform/format'

/** How far the list goes, and the way on. */
export function RequestsFooter({
  shown,
  last,
  isBusy,
  error,
  onMore,
}: {
  shown: number
  last: LogsAnswer | undefined
  isBusy: boolean
  error: unknown
  /** Null = the window was searched to its start. */
  onMore: (() => void) | null
}) {
  const isCutShort = onMore !== null && last !== undefined && last.rows.length === 0
  return (
    <div className="flex min-h-14 flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-2.5 text-sm text-muted sm:px-5">
      <span role="status" className="tabular-nums">
        {error === null ? (
          <>
            {shown === 0
              ? 'Nothing found yet'
              : `${formatExact(shown)} ${shown === 1 ? 'request' : 'requests'}`}
            {onMore === null || last === undefined
              ? droppedWords(last)
              : `, searched back to ${formatInstant(Date.parse(last.searchedTo))}`}
          </>
        ) : (
          <span className="text-negative">{errorMessage(error)}</span>
        )}
      </span>
      {onMore === null ? null : (
        <Button onClick={onMore} disabled={isBusy}>
          {isBusy ? 'Searching…' : isCutShort ? 'Search further back' : 'Load more'}
        </Button>
      )}
    </div>
  )
}

function droppedWords(last: LogsAnswer | undefined): string {
  return last?.droppedBefore
    ? `. Single requests before ${formatInstant(Date.parse(last.droppedBefore))} are no longer kept`
    : ', no more in this window'
}

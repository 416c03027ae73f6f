'use client'

import { Definition } from '@/components/definitions/definition'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import type { RankingsAnswer } from '@/lib/analytics/rankings/schema'
import { formatExact } from '@/lib/platform/format'
import { filterRows } from './filter-rows'
import type { LeaderboardState } from './leaderboard-panel'
import { LeaderboardRow } from './leaderboard-row'
import { FIRST_ROWS } from './limits'
import { SUBJECTS } from './subjects'
import type { RowTrends } from './use-row-trends'

export function Leaderboard({
  answer,
  state,
  onStateChange,
  trends,
  onPoint,
}: {
  answer: RankingsAnswer
  state: LeaderboardState
  onStateChange: (change: Partial<LeaderboardState>) => void
  trends: RowTrends
  onPoint: (key: string | null) => void
}) {
  const { by } = answer
  const matching = filterRows(answer.rows, state.q)
  const shown = state.all ? matching : matching.slice(0, FIRST_ROWS)
  const widestShare = answer.rows.reduce((widest, row) => Math.max(widest, row.share ?? 0), 0)
  const isTrending = state.sort === 'trending'
  const hasPrevious = answer.rows.some((row) => row.previousTotalTokens > 0)
  return (
    <>
      <table className="w-full table-fixed text-sm">
        <caption className="sr-only">
          {SUBJECTS[by].many} ranked by {isTrending ? 'excess over their usual tokens' : 'total tokens'}
        </caption>
        <LeaderboardHead by={by} isTrending={isTrending} />
        <tbody onPointerLeave={() => onPoint(null)}>
          {shown.map((row) => (
            <LeaderboardRow
              key={row.key}
              row={row}
              by={by}
              isTrending={isTrending}
              widestShare={widestShare}
              hasPrevious={hasPrevious}
              trend={trends.trendOf(row.key)}
              color={trends.colorOf(row.key)}
              onPoint={onPoint}
            />
          ))}
        </tbody>
      </table>
      {matching.length === 0 ? (
        <EmptyState
          title={`No ${SUBJECTS[by].one} matches “${state.q}”`}
          actions={<Button onClick={() => onStateChange({ q: '' })}>Clear the filter</Button>}
        />
      ) : null}
      <div className="flex min-h-13 items-center justify-between gap-3 px-4 py-2.5 text-sm text-muted sm:px-5">
        <span aria-live="polite" className="tabular-nums">
          {formatExact(shown.length)} of {formatExact(answer.rows.length)} {SUBJECTS[by].many}
        </span>
        {matching.length > FIRST_ROWS ? (
          <Button onClick={() => onStateChange({ all: !state.all })}>
            {state.all ? `Show the first ${FIRST_ROWS}` : `Show all ${formatExact(matching.length)}`}
          </Button>
        ) : null}
      </div>
    </>
  )
}

function LeaderboardHead({ by, isTrending }: { by: RankingsAnswer['by']; isTrending: boolean }) {
  return (
    <thead className="text-xs text-muted [&_th]:h-9 [&_th]:font-medium [&_th]:whitespace-nowrap">
      <tr className="border-b">
        <th scope="col" className="w-17 pl-4 text-left sm:w-20 sm:pl-5">
          Rank
        </th>
        <th scope="col" className="text-left">
          <span className="inline-block first-letter:uppercase">{SUBJECTS[by].one}</span>
        </th>
        <th scope="col" className="w-28 text-left max-md:hidden lg:w-44">
          <span className="inline-flex items-center gap-1">
            Trend <Definition of="trend" />
          </span>
        </th>
        <th scope="col" className="w-22 text-right max-sm:pr-4 sm:w-26">
          {isTrending ? (
            <span className="inline-flex items-center gap-1">
              Excess <Definition of="trending" />
            </span>
          ) : (
            'Tokens'
          )}
        </th>
        <th scope="col" className="w-36 pl-6 text-left max-md:hidden lg:w-52">
          <span className="inline-flex items-center gap-1">
            Share <Definition of="share" />
          </span>
        </th>
        <th scope="col" className="w-22 text-right max-sm:hidden">
          <span className="inline-flex items-center gap-1">
            Change <Definition of="change" />
          </span>
        </th>
        <th scope="col" className="w-28 pr-5 text-right max-lg:hidden">
          Requests
        </th>
      </tr>
    </thead>
  )
}

'use client'

import { useQuery } from '@tanstack/react-query'
import { ExportLinks } from '@/components/api/export-links'
import { Freshness } from '@/components/api/freshness'
import { QueryBody } from '@/components/api/query-body'
import { Definition } from '@/components/definitions/definition'
import type { WindowChoice } from '@/components/time-window/window-choice'
import { WindowNote } from '@/components/time-window/window-note'
import { Panel } from '@/components/ui/panel'
import type { RankedEntity, RankingSort } from '@/lib/analytics/subjects'
import { Leaderboard } from './leaderboard'
import { LeaderboardEmpty } from './leaderboard-empty'
import { LeaderboardSkeleton } from './leaderboard-skeleton'
import { LeaderboardToolbar } from './leaderboard-toolbar'
import { rankingsExportUrl, rankingsQueryOptions } from './rankings-query'
import { SUBJECTS } from './subjects'
import { useRowTrends } from './use-row-trends'

export type LeaderboardState = { by: RankedEntity; sort: RankingSort; q: string; all: boolean }

export function LeaderboardPanel({
  choice,
  onChoiceChange,
  state,
  onStateChange,
  onPoint,
}: {
  choice: WindowChoice
  onChoiceChange: (choice: WindowChoice) => void
  state: LeaderboardState
  onStateChange: (change: Partial<LeaderboardState>) => void
  onPoint: (key: string | null) => void
}) {
  const { by, sort } = state
  const query = useQuery(rankingsQueryOptions({ choice, by, sort }))
  const trends = useRowTrends({ choice, by, isExpanded: state.all || state.q !== '' || sort === 'trending' })
  const { many } = SUBJECTS[by]
  return (
    <Panel
      title={sort === 'trending' ? `Trending ${many}` : `Top ${many}`}
      info={<Definition of={sort === 'trending' ? 'trending' : 'rank'} />}
      note={
        <>
          <WindowNote query={query} />
          <Freshness query={query} />
        </>
      }
      actions={
        <ExportLinks subject={many} urlOf={(format) => rankingsExportUrl({ choice, by, sort }, format)} />
      }
    >
      <LeaderboardToolbar state={state} onStateChange={onStateChange} />
      <QueryBody query={query} skeleton={<LeaderboardSkeleton />} className="min-h-[32rem]">
        {(answer) =>
          answer.rows.length === 0 ? (
            <LeaderboardEmpty state={state} onStateChange={onStateChange} onChoiceChange={onChoiceChange} />
          ) : (
            <Leaderboard
              answer={answer}
              state={state}
              onStateChange={onStateChange}
              trends={trends}
              onPoint={onPoint}
            />
          )
        }
      </QueryBody>
    </Panel>
  )
}

'use client'

import { useQueryStates } from 'nuqs'
import { useState } from 'react'
import { PanelBoundary } from '@/components/api/panel-boundary'
import { FirstRecordPanel } from '@/components/first-record/first-record-panel'
import { PageFrame } from '@/components/shell/page-frame'
import { PageHeader } from '@/components/shell/page-header'
import { useWindowChoice } from '@/components/time-window/use-window-choice'
import { WindowPicker } from '@/components/time-window/window-picker'
import { Segmented } from '@/components/ui/segmented'
import { RANKED_ENTITIES } from '@/lib/analytics/subjects'
import { LeaderboardPanel } from './leaderboard-panel'
import { rankingsParsers } from './rankings-url-state'
import { RankingsUsagePanel } from './rankings-usage-panel'
import { SUBJECTS } from './subjects'
import { useIsNeverUsed } from './use-is-never-used'

const SUBJECT_OPTIONS = RANKED_ENTITIES.map((subject) => ({ value: subject, label: SUBJECTS[subject].tab }))

export function RankingsPage() {
  const [choice, setChoice] = useWindowChoice()
  const [state, setState] = useQueryStates(rankingsParsers)
  const isNeverUsed = useIsNeverUsed(choice)
  const [pointedKey, setPointedKey] = useState<string | null>(null)
  return (
    <PageFrame>
      <PageHeader title="Rankings">
        Models, authors, providers, apps and use cases, ranked by the tokens that went through this gateway.
      </PageHeader>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <Segmented
          label="Rank by"
          options={SUBJECT_OPTIONS}
          value={state.by}
          onChange={(by) => void setState({ by, q: null, all: null }, { history: 'push' })}
          className="max-sm:w-full"
        />
        <WindowPicker choice={choice} onChange={setChoice} />
      </div>
      {isNeverUsed ? (
        <FirstRecordPanel />
      ) : (
        <>
          <PanelBoundary>
            <RankingsUsagePanel
              choice={choice}
              by={state.by}
              scale={state.scale}
              view={state.view}
              pointedKey={pointedKey}
              onScaleChange={(scale) => void setState({ scale })}
              onViewChange={(view) => void setState({ view })}
            />
          </PanelBoundary>
          <PanelBoundary>
            <LeaderboardPanel
              key={state.by}
              choice={choice}
              onChoiceChange={setChoice}
              state={state}
              onStateChange={(change) => void setState(change)}
              onPoint={setPointedKey}
            />
          </PanelBoundary>
        </>
      )}
    </PageFrame>
  )
}

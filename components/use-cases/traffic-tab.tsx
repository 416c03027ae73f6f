'use client'

import { useQueryStates } from 'nuqs'
import { PanelBoundary } from '@/components/api/panel-boundary'
import type { WindowChoice } from '@/components/time-window/window-choice'
import { CaseModelsPanel } from './case-models-panel'
import { CaseUsagePanel } from './case-usage-panel'
import { RankingPanel } from './ranking-panel'
import { useCasesParsers } from './use-cases-url-state'

/** Tokens by use case, or within one; below it the ranking, whose names lead into each. */
export function TrafficTab({
  choice,
  onChoiceChange,
  canEdit,
}: {
  choice: WindowChoice
  onChoiceChange: (choice: WindowChoice) => void
  canEdit: boolean
}) {
  const [{ useCase }] = useQueryStates(useCasesParsers)
  return (
    <>
      {useCase === null ? (
        <PanelBoundary>
          <CaseUsagePanel choice={choice} />
        </PanelBoundary>
      ) : (
        <div className="grid gap-4 sm:gap-5 lg:grid-cols-[minmax(0,1.7fr)_minmax(0,1fr)]">
          <PanelBoundary>
            <CaseUsagePanel choice={choice} useCase={useCase} />
          </PanelBoundary>
          <PanelBoundary>
            <CaseModelsPanel choice={choice} useCase={useCase} />
          </PanelBoundary>
        </div>
      )}
      <PanelBoundary>
        <RankingPanel choice={choice} onChoiceChange={onChoiceChange} selected={useCase} canEdit={canEdit} />
      </PanelBoundary>
    </>
  )
}

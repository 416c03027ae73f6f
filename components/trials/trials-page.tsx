'use client'

import { useQueryStates } from 'nuqs'
import { PanelBoundary } from '@/components/api/panel-boundary'
import { PageFrame } from '@/components/shell/page-frame'
import { PageHeader } from '@/components/shell/page-header'
import { ComparisonPanel } from './comparison-panel'
import { StartTrialPanel } from './start-trial-panel'
import { TrialListPanel } from './trial-list-panel'
import { trialsParsers } from './trials-url-state'

const COMPARED = 2

export function TrialsPage({ canStart }: { canStart: boolean }) {
  const [{ preset, compare }, setState] = useQueryStates(trialsParsers)
  const toggle = (id: string) => {
    const others = compare.filter((one) => one !== id)
    // A third choice takes the place of the first.
    const chosen = others.length < compare.length ? others : [...compare, id].slice(-COMPARED)
    void setState({ compare: chosen.length > 0 ? chosen : null })
  }
  const [first, second] = compare
  return (
    <PageFrame>
      <PageHeader title="Trials">
        Real tool-calling requests through a preset, judged by what comes back.
      </PageHeader>
      {canStart ? (
        <PanelBoundary>
          <StartTrialPanel preset={preset} onPreset={(slug) => void setState({ preset: slug })} />
        </PanelBoundary>
      ) : null}
      {first !== undefined && second !== undefined ? (
        <PanelBoundary>
          <ComparisonPanel ids={[first, second]} onClose={() => void setState({ compare: null })} />
        </PanelBoundary>
      ) : null}
      <PanelBoundary>
        <TrialListPanel compared={compare} onToggle={toggle} canStart={canStart} />
      </PanelBoundary>
    </PageFrame>
  )
}

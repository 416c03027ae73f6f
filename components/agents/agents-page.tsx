'use client'

import { useQueryStates } from 'nuqs'
import { PanelBoundary } from '@/components/api/panel-boundary'
import { FirstRecordPanel } from '@/components/first-record/first-record-panel'
import { useIsNeverUsed } from '@/components/rankings/use-is-never-used'
import { PageFrame } from '@/components/shell/page-frame'
import { PageHeader } from '@/components/shell/page-header'
import { useWindowChoice } from '@/components/time-window/use-window-choice'
import { WindowPicker } from '@/components/time-window/window-picker'
import { agentsParsers } from './agents-url-state'
import { AnatomyPanel } from './anatomy-panel'
import { CallersPanel } from './callers-panel'
import { ContextLengthsPanel } from './context-lengths-panel'
import { Headline } from './headline'
import { SessionsPanel } from './sessions-panel'
import { SharePanel } from './share-panel'

export function AgentsPage({ canDeclare }: { canDeclare: boolean }) {
  const [choice, setChoice] = useWindowChoice()
  const [state, setState] = useQueryStates(agentsParsers)
  const isNeverUsed = useIsNeverUsed(choice)
  const change = (changed: Partial<typeof state>) => void setState(changed)
  return (
    <PageFrame>
      <PageHeader title="Agents" actions={<WindowPicker choice={choice} onChange={setChoice} />}>
        How much of the traffic programs drive by themselves, and what their turns are made of.
      </PageHeader>
      {isNeverUsed ? (
        <FirstRecordPanel />
      ) : (
        <>
          <PanelBoundary>
            <Headline choice={choice} />
          </PanelBoundary>
          <PanelBoundary>
            <SharePanel choice={choice} state={state} onStateChange={change} />
          </PanelBoundary>
          <PanelBoundary>
            <AnatomyPanel choice={choice} />
          </PanelBoundary>
          <PanelBoundary>
            <CallersPanel choice={choice} canDeclare={canDeclare} state={state} onStateChange={change} />
          </PanelBoundary>
          <div className="grid gap-4 sm:gap-5 lg:grid-cols-2">
            <PanelBoundary>
              <SessionsPanel choice={choice} />
            </PanelBoundary>
            <PanelBoundary>
              <ContextLengthsPanel choice={choice} />
            </PanelBoundary>
          </div>
        </>
      )}
    </PageFrame>
  )
}

'use client'

import { useQueryStates } from 'nuqs'
import { PanelBoundary } from '@/components/api/panel-boundary'
import { FirstRecordPanel } from '@/components/first-record/first-record-panel'
import { useIsNeverUsed } from '@/components/rankings/use-is-never-used'
import { PageFrame } from '@/components/shell/page-frame'
import { PageHeader } from '@/components/shell/page-header'
import { useWindowChoice } from '@/components/time-window/use-window-choice'
import { WindowPicker } from '@/components/time-window/window-picker'
import { BreakdownPanel } from './breakdown-panel'
import { EndpointsPanel } from './endpoints-panel'
import { FailingCallsPanel } from './failing-calls-panel'
import { FunnelPanel } from './funnel-panel'
import { FunnelTimePanel } from './funnel-time-panel'
import { ModelsPanel } from './models-panel'
import { NamesPanel } from './names-panel'
import { ProvidersPanel } from './providers-panel'
import { readFilter, type ToolsFilter, writeFilter } from './tools-filter'
import { ToolsFilterBar } from './tools-filter-bar'
import { toolsParsers } from './tools-url-state'

const FAILING_CALLS = 'failing-calls'

export function ToolsPage() {
  const [choice, setChoice] = useWindowChoice()
  const [state, setState] = useQueryStates(toolsParsers)
  const isNeverUsed = useIsNeverUsed(choice)
  const filter = readFilter(state)
  const setFilter = (next: ToolsFilter) => void setState(writeFilter(next), { history: 'push' })
  const comparedModel = state.compare ?? (filter?.by === 'model' ? filter.name : null)
  const showTool = (tool: string) => {
    void setState({ tool })
    document.getElementById(FAILING_CALLS)?.scrollIntoView({ block: 'start' })
  }
  return (
    <PageFrame>
      <PageHeader title="Tools">
        Whether requests offer tools, models use them, and providers get the calls right.
      </PageHeader>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <ToolsFilterBar choice={choice} filter={filter} onChange={setFilter} />
        <WindowPicker choice={choice} onChange={setChoice} />
      </div>
      {isNeverUsed ? (
        <FirstRecordPanel />
      ) : (
        <>
          <div className="grid gap-4 sm:gap-5 lg:grid-cols-[2fr_3fr]">
            <PanelBoundary>
              <FunnelPanel choice={choice} filter={filter} />
            </PanelBoundary>
            <PanelBoundary>
              <FunnelTimePanel
                choice={choice}
                filter={filter}
                measure={state.measure}
                view={state.view}
                onMeasureChange={(measure) => void setState({ measure })}
                onViewChange={(view) => void setState({ view })}
              />
            </PanelBoundary>
          </div>
          <PanelBoundary>
            <ProvidersPanel
              choice={choice}
              filter={filter}
              model={comparedModel}
              onModelChange={(compare) => void setState({ compare }, { history: 'push' })}
            />
          </PanelBoundary>
          <div className="grid gap-4 sm:gap-5 lg:grid-cols-[3fr_2fr]">
            <PanelBoundary>
              <BreakdownPanel
                choice={choice}
                filter={filter}
                by={state.by}
                onByChange={(by) => void setState({ by })}
                onFilter={setFilter}
              />
            </PanelBoundary>
            <PanelBoundary>
              <ModelsPanel choice={choice} filter={filter} />
            </PanelBoundary>
          </div>
          <div className="grid gap-4 sm:gap-5 lg:grid-cols-2">
            <PanelBoundary>
              <EndpointsPanel choice={choice} filter={filter} />
            </PanelBoundary>
            <PanelBoundary>
              <NamesPanel
                choice={choice}
                filter={filter}
                sort={state.sort}
                onSortChange={(sort) => void setState({ sort })}
                onTool={showTool}
              />
            </PanelBoundary>
          </div>
          <PanelBoundary>
            <div id={FAILING_CALLS} className="scroll-mt-16">
              <FailingCallsPanel
                choice={choice}
                filter={filter}
                verdict={state.verdict}
                tool={state.tool}
                onVerdictChange={(verdict) => void setState({ verdict })}
                onToolClear={() => void setState({ tool: null })}
              />
            </div>
          </PanelBoundary>
        </>
      )}
    </PageFrame>
  )
}

'use client'

import { useQuery } from '@tanstack/react-query'
import { PanelBoundary } from '@/components/api/panel-boundary'
import { FirstRecordPanel } from '@/components/first-record/first-record-panel'
import { PageFrame } from '@/components/shell/page-frame'
import { PageHeader } from '@/components/shell/page-header'
import { useWindowChoice } from '@/components/time-window/use-window-choice'
import { WindowPicker } from '@/components/time-window/window-picker'
import { CallerKindPanel } from './caller-kind-panel'
import { HealthNowPanel } from './health-now-panel'
import { overviewQueryOptions } from './overview-query'
import { OverviewTiles } from './overview-tiles'
import { TopPanel } from './top-panel'
import { UsageByModelPanel } from './usage-by-model-panel'

export function OverviewPage() {
  const [choice, setChoice] = useWindowChoice()
  const overview = useQuery(overviewQueryOptions(choice))
  const hasNoRecords = overview.data !== undefined && overview.data.newestRequestAt === null
  return (
    <PageFrame>
      <PageHeader title="Overview" actions={<WindowPicker choice={choice} onChange={setChoice} />}>
        Everything that flows through your gateways: who burns the tokens, whether tools work, what is
        failing.
      </PageHeader>
      {hasNoRecords ? (
        <FirstRecordPanel />
      ) : (
        <>
          <PanelBoundary>
            <OverviewTiles choice={choice} query={overview} />
          </PanelBoundary>
          <PanelBoundary>
            <HealthNowPanel />
          </PanelBoundary>
          <PanelBoundary>
            <UsageByModelPanel choice={choice} />
          </PanelBoundary>
          <div className="grid gap-4 sm:gap-5 lg:grid-cols-2">
            <PanelBoundary>
              <CallerKindPanel choice={choice} />
            </PanelBoundary>
            <PanelBoundary>
              <TopPanel
                choice={choice}
                by="model"
                title="Top models"
                all={{ label: 'All rankings', href: '/rankings' }}
              />
            </PanelBoundary>
            <PanelBoundary>
              <TopPanel
                choice={choice}
                by="useCase"
                title="What is it for?"
                all={{ label: 'Use cases', href: '/use-cases' }}
              />
            </PanelBoundary>
            <PanelBoundary>
              <TopPanel
                choice={choice}
                by="app"
                title="Top apps"
                all={{ label: 'All apps', href: '/rankings?by=app' }}
              />
            </PanelBoundary>
          </div>
        </>
      )}
    </PageFrame>
  )
}

'use client'

import { PanelBoundary } from '@/components/api/panel-boundary'
import { PageFrame } from '@/components/shell/page-frame'
import { PageHeader } from '@/components/shell/page-header'
import { WindowPicker } from '@/components/time-window/window-picker'
import { Segmented } from '@/components/ui/segmented'
import { LogsFilterBar } from './logs-filter-bar'
import { RequestsPanel } from './requests-panel'
import { SessionsPanel } from './sessions-panel'
import { useLogsState } from './use-logs-state'

const VIEWS = [
  { value: 'requests' as const, label: 'Requests' },
  { value: 'sessions' as const, label: 'Sessions' },
]

export function LogsPage() {
  const state = useLogsState()
  const { view, choice, setView, setChoice } = state
  return (
    <PageFrame>
      <PageHeader title="Logs">
        Every request with its attempts, also those that failover hid from the caller.
      </PageHeader>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <Segmented label="Show" options={VIEWS} value={view} onChange={setView} className="max-sm:w-full" />
        <WindowPicker choice={choice} onChange={setChoice} />
      </div>
      <LogsFilterBar state={state} />
      <PanelBoundary>
        {view === 'requests' ? <RequestsPanel state={state} /> : <SessionsPanel state={state} />}
      </PanelBoundary>
    </PageFrame>
  )
}

'use client'

import { useQueryStates } from 'nuqs'
import { lazy, Suspense } from 'react'
import { FirstRecordPanel } from '@/components/first-record/first-record-panel'
import { useIsNeverUsed } from '@/components/rankings/use-is-never-used'
import { PageFrame } from '@/components/shell/page-frame'
import { PageHeader } from '@/components/shell/page-header'
import { useWindowChoice } from '@/components/time-window/use-window-choice'
import { WindowPicker } from '@/components/time-window/window-picker'
import { Segmented } from '@/components/ui/segmented'
import { TrafficTab } from './traffic-tab'
import { useCasesParsers } from './use-cases-url-state'

/** Few readers open it, and dragging brings a library along. */
const RulesTab = lazy(() => import('./rules-tab').then((module) => ({ default: module.RulesTab })))

const TAB_OPTIONS = [
  { value: 'traffic' as const, label: 'Traffic' },
  { value: 'rules' as const, label: 'Rules' },
]

export function UseCasesPage({ canEdit }: { canEdit: boolean }) {
  const [choice, setChoice] = useWindowChoice()
  const [{ tab }, setState] = useQueryStates(useCasesParsers)
  const isNeverUsed = useIsNeverUsed(choice)
  return (
    <PageFrame>
      <PageHeader title="Use cases">
        What the traffic is for: the tokens behind each purpose, and the rules that tell purposes apart.
      </PageHeader>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <Segmented
          label="Show"
          options={TAB_OPTIONS}
          value={tab}
          onChange={(next) => void setState({ tab: next }, { history: 'push' })}
          className="max-sm:w-full"
        />
        {tab === 'traffic' ? <WindowPicker choice={choice} onChange={setChoice} /> : null}
      </div>
      {tab === 'rules' ? (
        <Suspense fallback={<RulesTabSkeleton />}>
          <RulesTab canEdit={canEdit} />
        </Suspense>
      ) : isNeverUsed ? (
        <FirstRecordPanel />
      ) : (
        <TrafficTab choice={choice} onChoiceChange={setChoice} canEdit={canEdit} />
      )}
    </PageFrame>
  )
}

function RulesTabSkeleton() {
  return (
    <div
      aria-hidden="true"
      className="grid items-start gap-4 sm:gap-5 lg:grid-cols-[minmax(0,1.5fr)_minmax(0,1fr)]"
    >
      <span className="skeleton h-72 rounded-xl" />
      <span className="skeleton h-130 rounded-xl" />
    </div>
  )
}

'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { PanelBoundary } from '@/components/api/panel-boundary'
import { Panel } from '@/components/ui/panel'
import { RulesPanel } from './rules-panel'
import { rulesQueryOptions } from './rules-query'
import { EMPTY_SAMPLE, requestOf } from './sample-input'
import { ThreeWays } from './three-ways'
import { TryPanel } from './try-panel'

/** The rules in their order, a place to try them, and what else names use cases. */
export function RulesTab({ canEdit }: { canEdit: boolean }) {
  const query = useQuery(rulesQueryOptions())
  const [sample, setSample] = useState(EMPTY_SAMPLE)
  return (
    <div className="grid items-start gap-4 sm:gap-5 lg:grid-cols-[minmax(0,1.5fr)_minmax(0,1fr)] lg:grid-rows-[auto_1fr]">
      <PanelBoundary>
        <RulesPanel query={query} canEdit={canEdit} sample={requestOf(sample)} />
      </PanelBoundary>
      <div className="min-w-0 lg:row-span-2">
        <PanelBoundary>
          <TryPanel rules={query.data?.rules} sample={sample} onChange={setSample} />
        </PanelBoundary>
      </div>
      <Panel title="How requests get a use case">
        <div className="px-4 pb-4 sm:px-5 sm:pb-5">
          <ThreeWays />
        </div>
      </Panel>
    </div>
  )
}

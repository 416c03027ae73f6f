'use client'

import { useQuery } from '@tanstack/react-query'
import { Freshness } from '@/components/api/freshness'
import { QueryBody } from '@/components/api/query-body'
import { Definition } from '@/components/definitions/definition'
import type { WindowChoice } from '@/components/time-window/window-choice'
import { WindowNote } from '@/components/time-window/window-note'
import { EmptyState } from '@/components/ui/empty-state'
import { Panel } from '@/components/ui/panel'
import type { FunnelAnswer } from '@/lib/analytics/tools/funnel/schema'
import { formatExact, formatWindow } from '@/lib/platform/format'
import { FunnelSteps } from './funnel-steps'
import type { ToolsFilter } from './tools-filter'
import { funnelQueryOptions } from './tools-query'

/** The height of the funnel's figures and bars, whatever they say. */
const HEIGHT = 'min-h-74'

export function FunnelPanel({ choice, filter }: { choice: WindowChoice; filter: ToolsFilter }) {
  const query = useQuery(funnelQueryOptions({ choice, filter }))
  const { data } = query
  return (
    <Panel
      title="Do requests offer tools, and do models use them?"
      info={<Definition of="toolFunnel" />}
      note={
        <>
          {data ? formatWindow(Date.parse(data.from), Date.parse(data.to)) : <WindowNote query={query} />}
          <Freshness query={query} />
        </>
      }
    >
      <QueryBody
        query={query}
        skeleton={<StepsSkeleton />}
        className={`flex flex-1 flex-col px-4 pb-4 sm:px-5 ${HEIGHT}`}
      >
        {({ totals }) => <Body totals={totals} />}
      </QueryBody>
    </Panel>
  )
}

function Body({ totals }: { totals: FunnelAnswer['totals'] }) {
  if (totals.requests === 0 && totals.unknownRequests === 0) {
    return <EmptyState title="No requests in this window" />
  }
  if (totals.requests === 0) {
    return (
      <EmptyState title="Nothing is known about tools here">
        The logs of {formatExact(totals.unknownRequests)} requests in this window do not say whether tools
        were offered. Requests count once their log carries <code>toolsOffered</code> or <code>tools</code>.
      </EmptyState>
    )
  }
  return <FunnelSteps totals={totals} />
}

function StepsSkeleton() {
  return (
    <div className="flex flex-col gap-5">
      <span className="skeleton h-14 w-full max-w-96" />
      {[100, 60, 45, 45].map((width, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the bars are the same for ever
        <span key={index} className="skeleton h-7" style={{ width: `${width}%` }} />
      ))}
    </div>
  )
}

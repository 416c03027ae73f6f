'use client'

import { useState } from 'react'
import { Freshness } from '@/components/api/freshness'
import { QueryBody } from '@/components/api/query-body'
import { ChartControls } from '@/components/charts/chart-controls'
import { CHART_HEIGHT, ChartSkeleton } from '@/components/charts/chart-skeleton'
import { type ChartView, SeriesChart } from '@/components/charts/series-chart'
import { Definition } from '@/components/definitions/definition'
import { type WindowChoice, windowSearchParams } from '@/components/time-window/window-choice'
import { WindowNote } from '@/components/time-window/window-note'
import { EmptyState } from '@/components/ui/empty-state'
import { MoreLink } from '@/components/ui/more-link'
import { Panel } from '@/components/ui/panel'
import { useUsageChart } from '@/components/usage/use-usage-chart'
import { formatCompact } from '@/lib/platform/format'

/** Agentic, human, unknown: there are no more. */
export const CALLER_KIND_LIMIT = 3

export function CallerKindPanel({ choice }: { choice: WindowChoice }) {
  const [view, setView] = useState<ChartView>('chart')
  const { query, chart } = useUsageChart({
    choice,
    by: 'callerKind',
    limit: CALLER_KIND_LIMIT,
    topCount: CALLER_KIND_LIMIT,
    metric: 'totalTokens',
  })
  const title = 'Agents or people?'
  return (
    <Panel
      title={title}
      info={<Definition of="agenticShare" />}
      note={
        <>
          Share of tokens, <WindowNote query={query} />
          <Freshness query={query} />
        </>
      }
      actions={
        <>
          <ChartControls view={view} onViewChange={setView} />
          <MoreLink href={`/agents?${new URLSearchParams(windowSearchParams(choice))}`}>Agents</MoreLink>
        </>
      }
    >
      <QueryBody
        query={query}
        skeleton={<ChartSkeleton />}
        className="px-4 pb-3 sm:px-5"
        errorClassName={CHART_HEIGHT}
      >
        {() =>
          chart?.series.length === 0 ? (
            <div className={CHART_HEIGHT}>
              <EmptyState title="Nothing in this window" />
            </div>
          ) : (
            <SeriesChart
              chart={chart}
              scale="percent"
              view={view}
              title={title}
              formatValue={formatCompact}
              syncId="overview"
            />
          )
        }
      </QueryBody>
    </Panel>
  )
}

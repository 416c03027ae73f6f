'use client'

import { useMemo, useState } from 'react'
import { ChartControls } from '@/components/charts/chart-controls'
import { CHART_HEIGHT, ChartSkeleton } from '@/components/charts/chart-skeleton'
import { type ChartView, SeriesChart } from '@/components/charts/series-chart'
import { Definition } from '@/components/definitions/definition'
import { LiveMark } from '@/components/live/live-mark'
import { useLiveProviders, useLiveState, useLiveTotals } from '@/components/live/use-live'
import { logsPath } from '@/components/logs/logs-path'
import { EmptyState } from '@/components/ui/empty-state'
import { MoreLink } from '@/components/ui/more-link'
import { Panel } from '@/components/ui/panel'
import { prepareErrors } from '@/lib/charts/prepare-errors'
import type { Bucket } from '@/lib/charts/time-axis'
import { formatCompact, formatExact } from '@/lib/platform/format'
import { EndpointCounts } from './endpoint-counts'
import { WorstProviders } from './worst-providers'

const TITLE = 'What is failing now?'

/** Errors of the last half hour by class, minute by minute, beside the providers that somebody should look at; live. */
export function HealthNowPanel() {
  const [view, setView] = useState<ChartView>('chart')
  const at = useLiveState((state) => state.at)
  const totals = useLiveTotals()
  const providers = useLiveProviders()
  const chart = useMemo(
    () => (totals && at ? prepareErrors({ minutes: totals.minutes, nowMs: Date.parse(at) }) : undefined),
    [totals, at],
  )
  return (
    <Panel
      title={TITLE}
      info={<Definition of="uptime" />}
      note="Failed attempts by class in the last 30 minutes, also those that failover hid"
      actions={
        <>
          <LiveMark />
          <ChartControls view={view} onViewChange={setView} />
          <MoreLink href="/providers">All providers</MoreLink>
        </>
      }
    >
      <div className="grid gap-x-6 gap-y-4 px-4 pb-4 sm:px-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div>
          {chart === undefined ? (
            <ChartSkeleton />
          ) : chart.series.length === 0 ? (
            <div className={CHART_HEIGHT}>
              <EmptyState title="No errors in the last 30 minutes">
                {attemptsNote(totals?.minutes ?? [])}
              </EmptyState>
            </div>
          ) : (
            <SeriesChart
              chart={chart}
              scale="linear"
              view={view}
              title={TITLE}
              formatValue={formatCompact}
              hrefOf={failuresOf}
            />
          )}
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <EndpointCounts totals={totals} />
          <WorstProviders providers={providers} />
        </div>
      </div>
    </Panel>
  )
}

function failuresOf({ startMs, endMs }: Bucket): `/${string}` {
  return logsPath({
    from: new Date(startMs).toISOString(),
    to: new Date(endMs).toISOString(),
    errorClass: 'any',
  })
}

function attemptsNote(minutes: readonly { attempts: number }[]): string {
  const attempts = minutes.reduce((sum, minute) => sum + minute.attempts, 0)
  return attempts === 0
    ? 'Nothing was asked of a provider either.'
    : `${formatExact(attempts)} attempts, all of them well.`
}

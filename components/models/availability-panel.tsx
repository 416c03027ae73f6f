'use client'

import type { UseQueryResult } from '@tanstack/react-query'
import { useState } from 'react'
import { Freshness } from '@/components/api/freshness'
import { QueryBody } from '@/components/api/query-body'
import { ChartControls } from '@/components/charts/chart-controls'
import type { ChartView } from '@/components/charts/series-chart'
import { Definition } from '@/components/definitions/definition'
import { WindowNote } from '@/components/time-window/window-note'
import { EmptyState } from '@/components/ui/empty-state'
import { Panel } from '@/components/ui/panel'
import type { ModelPageAnswer, ModelSeriesAnswer } from '@/lib/analytics/models/schema'
import { foldAvailability } from '@/lib/charts/fold-availability'
import { formatDuration, formatExact } from '@/lib/platform/format'
import { AvailabilityStrip, StripAxis } from './availability-strip'
import { AvailabilityTable } from './availability-table'

/** What callers saw beside what they would have seen without failover, bucket by bucket. */
export function AvailabilityPanel({
  query,
  totals,
}: {
  query: UseQueryResult<ModelSeriesAnswer>
  totals: ModelPageAnswer['availability'] | undefined
}) {
  const [view, setView] = useState<ChartView>('chart')
  return (
    <Panel
      title="What does routing save?"
      info={<Definition of="withRouting" />}
      note={
        <>
          <WindowNote query={query} isWithColumns={false} />
          <Freshness query={query} />
        </>
      }
      actions={<ChartControls view={view} onViewChange={setView} />}
    >
      <QueryBody
        query={query}
        skeleton={<span className="skeleton block h-24" />}
        className="min-h-44 px-4 pb-4 sm:px-5"
      >
        {(answer) => {
          if (answer.availability.length === 0) return <EmptyState title="No attempts in this window" />
          const { columns: buckets, columnMs } = foldAvailability(answer, query.dataUpdatedAt)
          const isAnyKnown = buckets.some(
            ({ withRouting, withoutRouting }) => withRouting !== null || withoutRouting !== null,
          )
          if (!isAnyKnown) return <TooLittle nowhere={buckets.length} />
          return view === 'table' ? (
            <AvailabilityTable buckets={buckets} />
          ) : (
            <div className="flex flex-col gap-4">
              <AvailabilityStrip
                label="With routing"
                total={totals?.withRouting ?? null}
                buckets={buckets.map(({ withRouting, countedRequests, ...bucket }) => ({
                  ...bucket,
                  share: withRouting,
                  sample: `${formatExact(countedRequests)} requests`,
                }))}
              />
              <AvailabilityStrip
                label="Without routing"
                info={<Definition of="withoutRouting" />}
                total={totals?.withoutRouting ?? null}
                buckets={buckets.map(({ withoutRouting, countedAttempts, ...bucket }) => ({
                  ...bucket,
                  share: withoutRouting,
                  sample: `${formatExact(countedAttempts)} attempts`,
                }))}
              />
              <StripAxis buckets={buckets} />
              <p className="text-xs text-muted">
                A column is {formatDuration(columnMs)}. Green from 95%, yellow from 85%, red below; grey:
                fewer than 20 that count, too few to tell.
              </p>
            </div>
          )
        }}
      </QueryBody>
    </Panel>
  )
}

function TooLittle({ nowhere }: { nowhere: number }) {
  return (
    <EmptyState title="Not enough data">
      A column needs 20 requests that count, and none of the {formatExact(nowhere)} columns of this window has
      as many.
    </EmptyState>
  )
}

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
import { listBuckets } from '@/lib/charts/time-axis'
import { AvailabilityStrip } from './availability-strip'
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
          <WindowNote query={query} />
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
          const buckets = bucketsOf(answer, query.dataUpdatedAt)
          if (answer.availability.length === 0) return <EmptyState title="No attempts in this window" />
          return view === 'table' ? (
            <AvailabilityTable buckets={buckets} />
          ) : (
            <div className="flex flex-col gap-4">
              <AvailabilityStrip
                label="With routing"
                total={totals?.withRouting ?? null}
                buckets={buckets.map(({ withRouting, ...bucket }) => ({ ...bucket, share: withRouting }))}
              />
              <AvailabilityStrip
                label="Without routing"
                info={<Definition of="withoutRouting" />}
                total={totals?.withoutRouting ?? null}
                buckets={buckets.map(({ withoutRouting, ...bucket }) => ({
                  ...bucket,
                  share: withoutRouting,
                }))}
              />
              <p className="text-xs text-muted">
                Green from 95%, yellow from 85%, red below. Grey: fewer than 20 that count, too few to tell.
              </p>
            </div>
          )
        }}
      </QueryBody>
    </Panel>
  )
}

/** Every bucket of the window; one without traffic is not known, not zero. */
function bucketsOf(answer: ModelSeriesAnswer, nowMs: number) {
  const pointAt = new Map(answer.availability.map((point) => [Date.parse(point.start), point]))
  return listBuckets(
    { fromMs: Date.parse(answer.from), toMs: Date.parse(answer.to) },
    answer.granularity,
    nowMs,
  ).map(({ startMs, endMs, isPartial }) => ({
    startMs,
    endMs,
    isPartial,
    withRouting: pointAt.get(startMs)?.withRouting ?? null,
    withoutRouting: pointAt.get(startMs)?.withoutRouting ?? null,
  }))
}

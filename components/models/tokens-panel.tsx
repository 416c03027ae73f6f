'use client'

import type { UseQueryResult } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { Freshness } from '@/components/api/freshness'
import { QueryBody } from '@/components/api/query-body'
import { ChartControls } from '@/components/charts/chart-controls'
import { CHART_HEIGHT, ChartSkeleton } from '@/components/charts/chart-skeleton'
import { rememberedColors, useRememberColors } from '@/components/charts/color-memory'
import { type ChartView, SeriesChart } from '@/components/charts/series-chart'
import { Definition } from '@/components/definitions/definition'
import { logsPath } from '@/components/logs/logs-path'
import { WindowNote } from '@/components/time-window/window-note'
import { EmptyState } from '@/components/ui/empty-state'
import { Panel } from '@/components/ui/panel'
import type { ModelProviderPoint, ModelSeriesAnswer } from '@/lib/analytics/models/schema'
import { prepareEntities } from '@/lib/charts/prepare-entities'
import { formatCompact } from '@/lib/platform/format'
import { entitiesOf } from './entities-of'
import { TOP_PROVIDERS } from './top-providers'

const TITLE = 'How much is it used, and where?'
const tokensOf = ({ totalTokens }: ModelProviderPoint) => totalTokens

/** Tokens of the model over time, stacked by the provider that answered. */
export function TokensPanel({ query }: { query: UseQueryResult<ModelSeriesAnswer> }) {
  const [view, setView] = useState<ChartView>('chart')
  const { data, dataUpdatedAt } = query
  const chart = useMemo(
    () =>
      data &&
      prepareEntities({
        answer: data,
        entities: entitiesOf(data),
        read: tokensOf,
        isAdditive: true,
        topCount: TOP_PROVIDERS,
        nowMs: dataUpdatedAt,
        rememberedColors: rememberedColors('provider'),
      }),
    [data, dataUpdatedAt],
  )
  useRememberColors('provider', chart)
  return (
    <Panel
      title={TITLE}
      info={<Definition of="totalTokens" />}
      note={
        <>
          Tokens by provider, <WindowNote query={query} />
          <Freshness query={query} />
        </>
      }
      actions={<ChartControls view={view} onViewChange={setView} />}
    >
      <QueryBody
        query={query}
        skeleton={<ChartSkeleton />}
        className="px-4 pb-3 sm:px-5"
        errorClassName={CHART_HEIGHT}
      >
        {(answer) =>
          chart?.series.length === 0 ? (
            <div className={CHART_HEIGHT}>
              <EmptyState title="No tokens in this window">
                Choose a longer window to see earlier traffic.
              </EmptyState>
            </div>
          ) : (
            <SeriesChart
              chart={chart}
              scale="linear"
              view={view}
              title={TITLE}
              formatValue={formatCompact}
              hrefOf={({ startMs, endMs }) =>
                logsPath({
                  from: new Date(startMs).toISOString(),
                  to: new Date(endMs).toISOString(),
                  model: answer.model,
                })
              }
            />
          )
        }
      </QueryBody>
    </Panel>
  )
}

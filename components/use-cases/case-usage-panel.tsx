'use client'

import { X } from 'lucide-react'
import { useQueryStates } from 'nuqs'
import { Freshness } from '@/components/api/freshness'
import { QueryBody } from '@/components/api/query-body'
import { ChartControls } from '@/components/charts/chart-controls'
import { CHART_HEIGHT, ChartSkeleton } from '@/components/charts/chart-skeleton'
import { SeriesChart } from '@/components/charts/series-chart'
import { Definition } from '@/components/definitions/definition'
import { logsPath } from '@/components/logs/logs-path'
import type { WindowChoice } from '@/components/time-window/window-choice'
import { WindowNote } from '@/components/time-window/window-note'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Panel } from '@/components/ui/panel'
import { formatCompact } from '@/lib/platform/format'
import { NO_USE_CASE } from '@/lib/records/use-case'
import { useCaseChart } from './use-case-chart'
import { useCasesParsers } from './use-cases-url-state'

/** Tokens over time by use case or, within one, by model. A bucket leads to its requests. */
export function CaseUsagePanel({ choice, useCase }: { choice: WindowChoice; useCase?: string }) {
  const [{ scale, view }, setState] = useQueryStates(useCasesParsers)
  const { query, chart } = useCaseChart({ choice, useCase: useCase ?? null })
  const title =
    useCase === undefined
      ? 'What are tokens used for?'
      : useCase === NO_USE_CASE
        ? 'Which models serve requests without a use case?'
        : `Which models serve “${useCase}”?`
  return (
    <Panel
      title={title}
      info={<Definition of="totalTokens" />}
      note={
        <>
          Tokens, <WindowNote query={query} />
          <Freshness query={query} />
        </>
      }
      actions={
        <>
          <ChartControls
            scale={scale}
            onScaleChange={(next) => void setState({ scale: next })}
            view={view}
            onViewChange={(next) => void setState({ view: next })}
          />
          {useCase === undefined ? null : (
            <Button
              variant="quiet"
              onClick={() => void setState({ useCase: null }, { history: 'push' })}
              title="Back to all use cases"
            >
              <X aria-hidden="true" />
              All use cases
            </Button>
          )}
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
              <EmptyState title="No tokens in this window">
                {useCase === undefined
                  ? 'The chart fills as soon as requests of this time are logged.'
                  : 'No request of this time has this use case.'}
              </EmptyState>
            </div>
          ) : (
            <SeriesChart
              chart={chart}
              scale={scale}
              view={view}
              title={title}
              formatValue={formatCompact}
              hrefOf={({ startMs, endMs }) =>
                logsPath({
                  from: new Date(startMs).toISOString(),
                  to: new Date(endMs).toISOString(),
                  ...(useCase === undefined ? {} : { useCase }),
                })
              }
            />
          )
        }
      </QueryBody>
    </Panel>
  )
}

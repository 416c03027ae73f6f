'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { ExportLinks } from '@/components/api/export-links'
import { Freshness } from '@/components/api/freshness'
import { QueryBody } from '@/components/api/query-body'
import { ChartControls } from '@/components/charts/chart-controls'
import { CHART_HEIGHT, ChartSkeleton } from '@/components/charts/chart-skeleton'
import { type ChartView, SeriesChart } from '@/components/charts/series-chart'
import { Definition } from '@/components/definitions/definition'
import { logsPath } from '@/components/logs/logs-path'
import type { WindowChoice } from '@/components/time-window/window-choice'
import { WindowNote } from '@/components/time-window/window-note'
import { EmptyState } from '@/components/ui/empty-state'
import { Panel } from '@/components/ui/panel'
import { Segmented } from '@/components/ui/segmented'
import type { KindSums, ShareAnswer } from '@/lib/analytics/agents/share/schema'
import { prepareCallerKinds } from '@/lib/charts/prepare-caller-kinds'
import type { Bucket } from '@/lib/charts/time-axis'
import { formatCompact, formatDay } from '@/lib/platform/format'
import { agentsExportUrl, shareQueryOptions, shareUrl } from './agents-query'
import { SHARE_MEASURES, type SHARE_SCALES, type ShareMeasure } from './agents-url-state'
import { useCrossover } from './use-crossover'

const TITLE = 'Agents or people?'

const MEASURES = {
  tokens: { label: 'Tokens', measure: 'totalTokens' },
  requests: { label: 'Requests', measure: 'requests' },
} as const satisfies Record<ShareMeasure, { label: string; measure: keyof KindSums }>
const MEASURE_OPTIONS = SHARE_MEASURES.map((name) => ({ value: name, label: MEASURES[name].label }))

type Scale = (typeof SHARE_SCALES)[number]
const SCALE_OPTIONS = [
  { value: 'percent' as const, label: 'Share' },
  { value: 'linear' as const, label: 'Amount' },
]

export type ShareState = { measure: ShareMeasure; scale: Scale; view: ChartView }

export function SharePanel({
  choice,
  state,
  onStateChange,
}: {
  choice: WindowChoice
  state: ShareState
  onStateChange: (change: Partial<ShareState>) => void
}) {
  const query = useQuery(shareQueryOptions(choice))
  const crossover = useCrossover(query)
  return (
    <Panel
      title={TITLE}
      info={<Definition of="callerKind" />}
      note={
        <>
          <WindowNote query={query} />
          <Freshness query={query} />
          <span className="block min-h-8 xl:min-h-4">{crossover?.words.sentence}</span>
        </>
      }
      actions={
        <>
          <ExportLinks
            subject="shares over time"
            urlOf={(format) => agentsExportUrl(shareUrl(choice), format)}
          />
          <Segmented
            label="Measure"
            options={MEASURE_OPTIONS}
            value={state.measure}
            onChange={(measure) => onStateChange({ measure })}
          />
          <Segmented
            label="Scale"
            options={SCALE_OPTIONS}
            value={state.scale}
            onChange={(scale) => onStateChange({ scale })}
          />
          <ChartControls view={state.view} onViewChange={(view) => onStateChange({ view })} />
        </>
      }
    >
      <QueryBody
        query={query}
        skeleton={<ChartSkeleton />}
        className="px-4 pb-3 sm:px-5"
        errorClassName={CHART_HEIGHT}
      >
        {(answer) => (
          <ShareChart
            answer={answer}
            nowMs={query.dataUpdatedAt}
            state={state}
            markMs={crossover?.markMs ?? null}
          />
        )}
      </QueryBody>
    </Panel>
  )
}

function ShareChart({
  answer,
  nowMs,
  state,
  markMs,
}: {
  answer: ShareAnswer
  nowMs: number
  state: ShareState
  markMs: number | null
}) {
  const { measure } = MEASURES[state.measure]
  const chart = useMemo(() => prepareCallerKinds({ answer, measure, nowMs }), [answer, measure, nowMs])
  if (chart.series.length === 0) {
    return (
      <div className={CHART_HEIGHT}>
        <EmptyState title="Nothing in this window">Choose a longer window to see earlier traffic.</EmptyState>
      </div>
    )
  }
  return (
    <SeriesChart
      chart={chart}
      scale={state.scale}
      view={state.view}
      title={TITLE}
      formatValue={formatCompact}
      hrefOf={requestsOf}
      mark={
        markMs === null
          ? undefined
          : { timeMs: markMs, label: `Agents overtook people, ${formatDay(markMs)}` }
      }
    />
  )
}

function requestsOf({ startMs, endMs }: Bucket): `/${string}` {
  return logsPath({ from: new Date(startMs).toISOString(), to: new Date(endMs).toISOString() })
}

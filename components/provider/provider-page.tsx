'use client'

import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { ChevronLeft, Plug } from 'lucide-react'
import Link from 'next/link'
import { useQueryStates } from 'nuqs'
import { useState } from 'react'
import { ExportLinks } from '@/components/api/export-links'
import { PanelBoundary } from '@/components/api/panel-boundary'
import { LiveMark } from '@/components/live/live-mark'
import { providerPath as connectionPath } from '@/components/provider-connections/provider-path'
import { PageFrame } from '@/components/shell/page-frame'
import { PageHeader } from '@/components/shell/page-header'
import { useWindowChoice } from '@/components/time-window/use-window-choice'
import { useWindowSearch } from '@/components/time-window/use-window-search'
import type { WindowChoice } from '@/components/time-window/window-choice'
import { WindowPicker } from '@/components/time-window/window-picker'
import { EmptyState } from '@/components/ui/empty-state'
import { Segmented } from '@/components/ui/segmented'
import type { ProviderSeriesAnswer } from '@/lib/analytics/providers/schema'
import type { Bucket } from '@/lib/charts/time-axis'
import { AppError } from '@/lib/platform/errors'
import { bucketLogsPath } from './bucket-logs-path'
import { EndpointsPanel } from './endpoints-panel'
import { LastFailuresPanel } from './last-failures-panel'
import { LiveErrorsPanel } from './live-errors-panel'
import { MeasurePanel } from './measure-panel'
import {
  ERRORS,
  LATENCY,
  RATE_LIMITED,
  REQUESTS,
  THROUGHPUT,
  TOKENS,
  TOOL_CALL_ERRORS,
  UPTIME,
} from './measures'
import { providerSeriesExportUrl, providerSeriesQueryOptions } from './provider-query'
import { ProviderTiles } from './provider-tiles'
import { providerParsers } from './provider-url-state'

const SERVED_OPTIONS = [
  { value: 'requests' as const, label: 'Requests' },
  { value: 'tokens' as const, label: 'Tokens' },
]

/** One provider: what goes wrong now, how it did over a window, and what failed last. */
export function ProviderPage({ slug, isAdmin }: { slug: string; isAdmin: boolean }) {
  const [choice, setChoice] = useWindowChoice()
  const series = useQuery(providerSeriesQueryOptions({ slug, choice }))
  const windowSearch = useWindowSearch()
  const isUnheardOf =
    series.data === undefined && series.error instanceof AppError && series.error.code === 'not_found'
  return (
    <PageFrame>
      <Link
        href={windowSearch ? `/providers?${windowSearch}` : '/providers'}
        className="-mb-2 inline-flex items-center gap-1 self-start text-sm text-muted hover:text-foreground"
      >
        <ChevronLeft className="size-4" aria-hidden="true" />
        All providers
      </Link>
      <PageHeader
        title={series.data?.name ?? slug}
        actions={
          <div className="flex max-w-full flex-wrap items-center gap-x-4 gap-y-2 max-sm:w-full">
            <LiveMark />
            <WindowPicker choice={choice} onChange={setChoice} />
          </div>
        }
      >
        <code className="font-mono text-sm">{slug}</code> in presets and logs
        {isAdmin ? (
          <>
            {' · '}
            <Link
              href={connectionPath(slug)}
              className="inline-flex items-center gap-1 font-medium text-accent-strong hover:underline"
            >
              <Plug className="size-3.5" aria-hidden="true" />
              Its connection in Settings
            </Link>
          </>
        ) : null}
      </PageHeader>
      {isUnheardOf ? (
        <UnheardOf slug={slug} />
      ) : (
        <ProviderPanels slug={slug} choice={choice} series={series} />
      )}
    </PageFrame>
  )
}

function ProviderPanels({
  slug,
  choice,
  series,
}: {
  slug: string
  choice: WindowChoice
  series: UseQueryResult<ProviderSeriesAnswer>
}) {
  const [{ scale }, setState] = useQueryStates(providerParsers)
  const [served, setServed] = useState<'requests' | 'tokens'>('requests')
  const toRequests = (bucket: Bucket) => bucketLogsPath({ slug, bucket })
  const toErrors = (bucket: Bucket) => bucketLogsPath({ slug, bucket, filter: { errorClass: 'any' } })
  const toRateLimits = (bucket: Bucket) =>
    bucketLogsPath({ slug, bucket, filter: { errorClass: 'rate_limited' } })
  const toBadToolCalls = (bucket: Bucket) => bucketLogsPath({ slug, bucket, filter: { verdict: 'bad' } })
  return (
    <>
      <PanelBoundary>
        <ProviderTiles slug={slug} />
      </PanelBoundary>
      <PanelBoundary>
        <LiveErrorsPanel slug={slug} />
      </PanelBoundary>
      <PanelBoundary>
        <LastFailuresPanel slug={slug} />
      </PanelBoundary>
      <PanelBoundary>
        <EndpointsPanel slug={slug} choice={choice} />
      </PanelBoundary>
      <PanelBoundary>
        <MeasurePanel
          measure={ERRORS}
          query={series}
          hrefOf={toErrors}
          scale={scale}
          onScaleChange={(next) => void setState({ scale: next })}
          actions={
            <ExportLinks
              subject="the course"
              urlOf={(format) => providerSeriesExportUrl({ slug, choice }, format)}
            />
          }
        />
      </PanelBoundary>
      <div className="grid gap-4 sm:gap-5 lg:grid-cols-2">
        <PanelBoundary>
          <MeasurePanel measure={UPTIME} query={series} hrefOf={toErrors} />
        </PanelBoundary>
        <PanelBoundary>
          <MeasurePanel measure={RATE_LIMITED} query={series} hrefOf={toRateLimits} />
        </PanelBoundary>
        <PanelBoundary>
          <MeasurePanel measure={LATENCY} query={series} hrefOf={toRequests} />
        </PanelBoundary>
        <PanelBoundary>
          <MeasurePanel measure={THROUGHPUT} query={series} hrefOf={toRequests} />
        </PanelBoundary>
        <PanelBoundary>
          <MeasurePanel measure={TOOL_CALL_ERRORS} query={series} hrefOf={toBadToolCalls} />
        </PanelBoundary>
        <PanelBoundary>
          <MeasurePanel
            measure={served === 'requests' ? REQUESTS : TOKENS}
            query={series}
            hrefOf={toRequests}
            actions={
              <Segmented label="Measure" options={SERVED_OPTIONS} value={served} onChange={setServed} />
            }
          />
        </PanelBoundary>
      </div>
    </>
  )
}

function UnheardOf({ slug }: { slug: string }) {
  return (
    <div className="rounded-xl border bg-surface">
      <EmptyState title={`There is no provider ${slug}`}>
        A provider gets its page with its first request, or when it is connected in Settings.
      </EmptyState>
    </div>
  )
}

import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { fetchJson } from '@/components/api/fetch-json'
import {
  refetchIntervalMs,
  toWindowParameters,
  type WindowChoice,
  windowSearchParams,
} from '@/components/time-window/window-choice'
import type { EndpointsWindowAnswer } from '@/lib/analytics/endpoints-window/schema'
import type { LogsAnswer } from '@/lib/analytics/logs/schema'
import type { ProviderSeriesAnswer } from '@/lib/analytics/providers/schema'
import { granularityForWindow } from '@/lib/charts/time-axis'
import { HOUR_MINUTES } from '@/lib/live/last-hour'
import { resolveWindow } from '@/lib/time/window'

const MINUTE_MS = 60_000
const FAILURES_EVERY_MS = 30_000
const FAILURE_ROWS = 10

export type ProviderRequest = { slug: string; choice: WindowChoice }
type FileFormat = 'csv' | 'json'

/** `GET /api/providers/:slug/series`: the finest columns the window can show. */
export function providerSeriesQueryOptions(request: ProviderRequest) {
  const url = seriesUrl(request)
  const interval = refetchIntervalMs(request.choice)
  return queryOptions({
    queryKey: ['analytics', 'provider', request.slug, 'series', url],
    queryFn: ({ signal }) => fetchJson<ProviderSeriesAnswer>({ url, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: interval,
    staleTime: interval,
  })
}

export function providerSeriesExportUrl(request: ProviderRequest, format: FileFormat): string {
  return `${seriesUrl(request)}&format=${format}`
}

/** The same by minute over the last hour, for what the stream does not reach back to. */
export function lastHourQueryOptions(slug: string) {
  return queryOptions({
    queryKey: ['analytics', 'provider', slug, 'last-hour'],
    queryFn: ({ signal }) => {
      const toMs = Date.now()
      const parameters = new URLSearchParams({
        from: new Date(toMs - HOUR_MINUTES * MINUTE_MS).toISOString(),
        to: new Date(toMs).toISOString(),
        granularity: 'minute',
      })
      return fetchJson<ProviderSeriesAnswer>({ url: `${providerUrl(slug)}/series?${parameters}`, signal })
    },
    refetchInterval: MINUTE_MS,
    staleTime: MINUTE_MS,
  })
}

/** `GET /api/providers/:slug/endpoints`. */
export function providerEndpointsQueryOptions(request: ProviderRequest) {
  const url = endpointsUrl(request)
  const interval = refetchIntervalMs(request.choice)
  return queryOptions({
    queryKey: ['analytics', 'provider', request.slug, 'endpoints', url],
    queryFn: ({ signal }) => fetchJson<EndpointsWindowAnswer>({ url, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: interval,
    staleTime: interval,
  })
}

export function providerEndpointsExportUrl(request: ProviderRequest, format: FileFormat): string {
  return `${endpointsUrl(request)}&format=${format}`
}

/** `GET /api/logs`: the last requests with an attempt that failed at the provider. */
export function lastFailuresQueryOptions(slug: string) {
  const parameters = new URLSearchParams({
    period: '24h',
    provider: slug,
    errorClass: 'any',
    limit: String(FAILURE_ROWS),
  })
  return queryOptions({
    queryKey: ['analytics', 'provider', slug, 'failures'],
    queryFn: ({ signal }) => fetchJson<LogsAnswer>({ url: `/api/logs?${parameters}`, signal }),
    refetchInterval: FAILURES_EVERY_MS,
  })
}

function seriesUrl({ slug, choice }: ProviderRequest): string {
  const nowMs = Date.now()
  const parameters = new URLSearchParams({
    ...windowSearchParams(choice),
    granularity: granularityForWindow(resolveWindow(toWindowParameters(choice), nowMs), nowMs),
  })
  return `${providerUrl(slug)}/series?${parameters}`
}

function endpointsUrl({ slug, choice }: ProviderRequest): string {
  return `${providerUrl(slug)}/endpoints?${new URLSearchParams(windowSearchParams(choice))}`
}

function providerUrl(slug: string): string {
  return `/api/providers/${encodeURIComponent(slug)}`
}

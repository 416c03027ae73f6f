import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { fetchJson } from '@/components/api/fetch-json'
import {
  refetchIntervalMs,
  toWindowParameters,
  type WindowChoice,
  windowSearchParams,
} from '@/components/time-window/window-choice'
import type { ModelPageAnswer, ModelSeriesAnswer } from '@/lib/analytics/models/schema'
import type { ModelAnswer, PutModelBody } from '@/lib/catalog/schema'
import { granularityForWindow } from '@/lib/charts/time-axis'
import { resolveWindow } from '@/lib/time/window'

export type ModelRequest = { model: string; choice: WindowChoice }

/** `GET /api/models/:author/:slug`. */
export function modelQueryOptions(request: ModelRequest) {
  const url = pageUrl(request)
  const interval = refetchIntervalMs(request.choice)
  return queryOptions({
    queryKey: ['analytics', 'model', request.model, url],
    queryFn: ({ signal }) => fetchJson<ModelPageAnswer>({ url, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: interval,
    staleTime: interval,
  })
}

export function modelExportUrl(request: ModelRequest, format: 'csv' | 'json'): string {
  return `${pageUrl(request)}&format=${format}`
}

/** `GET /api/models/:author/:slug/series`: the finest columns the window can show. */
export function modelSeriesQueryOptions(request: ModelRequest) {
  const url = seriesUrl(request)
  const interval = refetchIntervalMs(request.choice)
  return queryOptions({
    queryKey: ['analytics', 'model', request.model, 'series', url],
    queryFn: ({ signal }) => fetchJson<ModelSeriesAnswer>({ url, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: interval,
    staleTime: interval,
  })
}

export function modelSeriesExportUrl(request: ModelRequest, format: 'csv' | 'json'): string {
  return `${seriesUrl(request)}&format=${format}`
}

/** `PUT /api/v1/models/:author/:slug`. */
export async function putModel({ model, body }: { model: string; body: PutModelBody }) {
  const url = `/api/v1/models/${pathOf(model)}`
  return (await fetchJson<ModelAnswer>({ url, method: 'PUT', body })).data
}

function pageUrl({ model, choice }: ModelRequest): string {
  return `/api/models/${pathOf(model)}?${new URLSearchParams(windowSearchParams(choice))}`
}

function seriesUrl({ model, choice }: ModelRequest): string {
  const nowMs = Date.now()
  const parameters = new URLSearchParams({
    ...windowSearchParams(choice),
    granularity: granularityForWindow(resolveWindow(toWindowParameters(choice), nowMs), nowMs),
  })
  return `/api/models/${pathOf(model)}/series?${parameters}`
}

function pathOf(model: string): string {
  const slash = model.indexOf('/')
  return [model.slice(0, slash), model.slice(slash + 1)].map(encodeURIComponent).join('/')
}

import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { fetchJson } from '@/components/api/fetch-json'
import {
  refetchIntervalMs,
  type WindowChoice,
  windowSearchParams,
} from '@/components/time-window/window-choice'
import type { EndpointDirectoryAnswer, ProvidersAnswer } from '@/lib/analytics/providers/schema'

const DIRECTORY_EVERY_MS = 60_000

/** `GET /api/providers`. */
export function providersQueryOptions(choice: WindowChoice) {
  const url = providersUrl(choice)
  const interval = refetchIntervalMs(choice)
  return queryOptions({
    queryKey: ['analytics', 'providers', url],
    queryFn: ({ signal }) => fetchJson<ProvidersAnswer>({ url, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: interval,
    staleTime: interval,
  })
}

/** The same rows as a file. */
export function providersExportUrl(choice: WindowChoice, format: 'csv' | 'json'): string {
  return `${providersUrl(choice)}&format=${format}`
}

/** `GET /api/endpoints`: names change seldom; the wall asks again when the stream names an endpoint it does not know. */
export function endpointDirectoryQueryOptions() {
  return queryOptions({
    queryKey: ['analytics', 'endpoints'],
    queryFn: async ({ signal }) =>
      (await fetchJson<EndpointDirectoryAnswer>({ url: '/api/endpoints', signal })).endpoints,
    staleTime: DIRECTORY_EVERY_MS,
    refetchInterval: DIRECTORY_EVERY_MS,
  })
}

function providersUrl(choice: WindowChoice): string {
  return `/api/providers?${new URLSearchParams(windowSearchParams(choice))}`
}

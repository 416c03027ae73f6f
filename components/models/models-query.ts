import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { fetchJson } from '@/components/api/fetch-json'
import {
  refetchIntervalMs,
  type WindowChoice,
  windowSearchParams,
} from '@/components/time-window/window-choice'
import type { LaunchesAnswer, ModelsAnswer } from '@/lib/analytics/models/schema'

const LAUNCHES_EVERY_MS = 60_000

/** `GET /api/models`: the whole catalogue, which the page filters and sorts itself. */
export function modelsQueryOptions(choice: WindowChoice) {
  const url = modelsUrl(choice)
  const interval = refetchIntervalMs(choice)
  return queryOptions({
    queryKey: ['analytics', 'models', url],
    queryFn: ({ signal }) => fetchJson<ModelsAnswer>({ url, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: interval,
    staleTime: interval,
  })
}

/** The same numbers as a file. */
export function modelsExportUrl(choice: WindowChoice, format: 'csv' | 'json'): string {
  return `${modelsUrl(choice)}&format=${format}`
}

const LAUNCHES_URL = '/api/models/launches'

/** `GET /api/models/launches`. */
export function launchesQueryOptions() {
  return queryOptions({
    queryKey: ['analytics', 'launches'],
    queryFn: ({ signal }) => fetchJson<LaunchesAnswer>({ url: LAUNCHES_URL, signal }),
    refetchInterval: LAUNCHES_EVERY_MS,
    staleTime: LAUNCHES_EVERY_MS,
  })
}

export function launchesExportUrl(format: 'csv' | 'json'): string {
  return `${LAUNCHES_URL}?format=${format}`
}

function modelsUrl(choice: WindowChoice): string {
  return `/api/models?${new URLSearchParams(windowSearchParams(choice))}`
}

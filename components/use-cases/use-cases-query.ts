import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { fetchJson } from '@/components/api/fetch-json'
import {
  refetchIntervalMs,
  type WindowChoice,
  windowSearchParams,
} from '@/components/time-window/window-choice'
import type { UseCasesAnswer } from '@/lib/analytics/use-cases/schema'

/** `GET /api/use-cases`. */
export function caseRankingQueryOptions(choice: WindowChoice) {
  const url = caseRankingUrl(choice)
  const interval = refetchIntervalMs(choice)
  return queryOptions({
    queryKey: ['use-cases', url],
    queryFn: ({ signal }) => fetchJson<UseCasesAnswer>({ url, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: interval,
    staleTime: interval,
  })
}

/** The same numbers as a file. */
export function caseRankingExportUrl(choice: WindowChoice, format: 'csv' | 'json'): string {
  return `${caseRankingUrl(choice)}&format=${format}`
}

function caseRankingUrl(choice: WindowChoice): string {
  return `/api/use-cases?${new URLSearchParams(windowSearchParams(choice))}`
}

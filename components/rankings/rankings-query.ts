import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { fetchJson } from '@/components/api/fetch-json'
import {
  refetchIntervalMs,
  type WindowChoice,
  windowSearchParams,
} from '@/components/time-window/window-choice'
import type { RankingsAnswer } from '@/lib/analytics/rankings/schema'
import type { RankingSort, RankingSubject } from '@/lib/analytics/subjects'

export type RankingsRequest = {
  choice: WindowChoice
  by: RankingSubject
  sort: RankingSort
  limit?: number
  /** Models of this use case only. */
  useCase?: string
}

/** `GET /api/rankings`. */
export function rankingsQueryOptions(request: RankingsRequest) {
  const url = rankingsUrl(request)
  const interval = refetchIntervalMs(request.choice)
  return queryOptions({
    queryKey: ['rankings', url],
    queryFn: ({ signal }) => fetchJson<RankingsAnswer>({ url, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: interval,
    staleTime: interval,
  })
}

/** The same numbers as a file. */
export function rankingsExportUrl(request: RankingsRequest, format: 'csv' | 'json'): string {
  return `${rankingsUrl(request)}&format=${format}`
}

function rankingsUrl({ choice, by, sort, limit, useCase }: RankingsRequest): string {
  const parameters = new URLSearchParams({ ...windowSearchParams(choice), by })
  if (sort !== 'tokens') parameters.set('sort', sort)
  if (limit !== undefined) parameters.set('limit', String(limit))
  if (useCase !== undefined) parameters.set('useCase', useCase)
  return `/api/rankings?${parameters}`
}

import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { fetchJson } from '@/components/api/fetch-json'
import {
  refetchIntervalMs,
  type WindowChoice,
  windowSearchParams,
} from '@/components/time-window/window-choice'
import type { OverviewAnswer } from '@/lib/analytics/overview/schema'

/** `GET /api/overview`. */
export function overviewQueryOptions(choice: WindowChoice) {
  const url = `/api/overview?${new URLSearchParams(windowSearchParams(choice))}`
  const interval = refetchIntervalMs(choice)
  return queryOptions({
    queryKey: ['overview', url],
    queryFn: ({ signal }) => fetchJson<OverviewAnswer>({ url, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: interval,
    staleTime: interval,
  })
}

import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { fetchJson } from '@/components/api/fetch-json'
import {
  refetchIntervalMs,
  toWindowParameters,
  type WindowChoice,
  windowSearchParams,
} from '@/components/time-window/window-choice'
import type { UsageSubject } from '@/lib/analytics/subjects'
import type { UsageAnswer } from '@/lib/analytics/usage/schema'
import { resolveWindow } from '@/lib/analytics/window'
import { granularityForWindow } from '@/lib/charts/time-axis'

/** `GET /api/usage`: the finest columns the window can show. */
export function usageQueryOptions({
  choice,
  by,
  limit,
}: {
  choice: WindowChoice
  by: UsageSubject
  limit: number
}) {
  const nowMs = Date.now()
  const parameters = new URLSearchParams({
    ...windowSearchParams(choice),
    by,
    granularity: granularityForWindow(resolveWindow(toWindowParameters(choice), nowMs), nowMs),
    limit: String(limit),
  })
  const url = `/api/usage?${parameters}`
  const interval = refetchIntervalMs(choice)
  return queryOptions({
    queryKey: ['usage', url],
    queryFn: ({ signal }) => fetchJson<UsageAnswer>({ url, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: interval,
    staleTime: interval,
  })
}

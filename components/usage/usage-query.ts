import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { fetchJson } from '@/components/api/fetch-json'
import {
  refetchIntervalMs,
  toWindowParameters,
  type WindowChoice,
  windowSearchParams,
} from '@/components/time-window/window-choice'
import type { UsageSubject } from '@/lib/analytics/subjects'
import type { UsageAnswer, UsageQuery } from '@/lib/analytics/usage/schema'
import { granularityForWindow } from '@/lib/charts/time-axis'
import { resolveWindow } from '@/lib/time/window'

/** `GET /api/usage`: the finest columns the window can show. */
export function usageQueryOptions({
  choice,
  by,
  limit,
  useCase,
  operation,
}: {
  choice: WindowChoice
  by: UsageSubject
  limit: number
  /** Models of this use case only. */
  useCase?: string | undefined
  /** Left out = chats and completions, or everything by operation. */
  operation?: UsageQuery['operation']
}) {
  const nowMs = Date.now()
  const finest = granularityForWindow(resolveWindow(toWindowParameters(choice), nowMs), nowMs)
  const parameters = new URLSearchParams({
    ...windowSearchParams(choice),
    by,
    // Models of a use case are kept by the hour and by the day.
    granularity: useCase !== undefined && finest === 'minute' ? 'hour' : finest,
    limit: String(limit),
    ...(useCase === undefined ? {} : { useCase }),
    ...(operation === undefined ? {} : { operation }),
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

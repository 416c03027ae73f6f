import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query'
import { fetchJson } from '@/components/api/fetch-json'
import { type WindowChoice, windowSearchParams } from '@/components/time-window/window-choice'
import type { SessionsAnswer } from '@/lib/analytics/sessions/schema'
import type { FilterValues } from './filter-fields'

export type SessionsRequest = { filter: Pick<FilterValues, 'app' | 'model'>; choice: WindowChoice }

/** `GET /api/sessions`, page by page; read again only when asked, because sessions that go on move to the front. */
export function sessionsQueryOptions({ filter: { app, model }, choice }: SessionsRequest) {
  const url = `/api/sessions?${new URLSearchParams({
    ...windowSearchParams(choice),
    ...(app === undefined ? {} : { app }),
    ...(model === undefined ? {} : { model }),
  })}`
  return infiniteQueryOptions({
    queryKey: ['sessions', url],
    queryFn: ({ pageParam, signal }) =>
      fetchJson<SessionsAnswer>({
        url: pageParam === null ? url : `${url}&cursor=${encodeURIComponent(pageParam)}`,
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last: SessionsAnswer) => last.cursor,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
  })
}

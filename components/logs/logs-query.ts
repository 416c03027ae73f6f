import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { fetchJson } from '@/components/api/fetch-json'
import { type WindowChoice, windowSearchParams } from '@/components/time-window/window-choice'
import type { LogValueField } from '@/lib/analytics/logs/filter-words'
import { PAGE_ROWS } from '@/lib/analytics/logs/limits'
import type { LogRow, LogsAnswer, LogValuesAnswer, RequestDetail } from '@/lib/analytics/logs/schema'
import type { FilterValues } from './filter-fields'

export type LogsRequest = {
  filter: FilterValues
  /** Null = the whole of the filter's session. */
  windowChoice: WindowChoice | null
}

const NEWER_EVERY_MS = 5_000
const MOST_NEWER = 100
/** Clocks of other gateways may be ahead; what is older than this is not new any more. */
const AHEAD_MS = 3_600_000

/** `GET /api/logs`, page by page. Never read again by itself: rows must not move under a reader. */
export function logsQueryOptions(request: LogsRequest) {
  const url = logsUrl(request)
  return infiniteQueryOptions({
    queryKey: ['logs', 'pages', url],
    queryFn: ({ pageParam, signal }) =>
      fetchJson<LogsAnswer>({ url: pageParam === null ? url : `${url}&cursor=${pageParam}`, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last: LogsAnswer) => last.cursor,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    // Where there is nothing yet, nothing can move.
    refetchInterval: ({ state }) =>
      isMoving(request) && state.data?.pages.every(({ rows }) => rows.length === 0) ? NEWER_EVERY_MS : false,
  })
}

/** How many requests are newer than the first on screen; 100 stands for that many or more. */
export function newerQueryOptions({ request, first }: { request: LogsRequest; first: LogRow | null }) {
  return queryOptions({
    queryKey: ['logs', 'newer', logsUrl(request), first?.ref ?? ''],
    queryFn: async ({ signal }) => {
      if (first === null) return 0
      const parameters = new URLSearchParams({
        ...request.filter,
        from: first.startedAt,
        to: new Date(Date.now() + AHEAD_MS).toISOString(),
        limit: String(MOST_NEWER),
      })
      const { rows } = await fetchJson<LogsAnswer>({ url: `/api/logs?${parameters}`, signal })
      const place = rows.findIndex(({ ref }) => ref === first.ref)
      return place < 0 ? rows.length : place
    },
    enabled: isMoving(request) && first !== null,
    refetchInterval: NEWER_EVERY_MS,
  })
}

/** `GET /api/logs/:ref`. */
export function requestQueryOptions(ref: string) {
  return queryOptions({
    queryKey: ['logs', 'one', ref],
    queryFn: ({ signal }) =>
      fetchJson<RequestDetail>({ url: `/api/logs/${encodeURIComponent(ref)}`, signal }),
    // What was recorded never changes.
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** `GET /api/logs/values`: names to filter by, of one field or the first few of each. */
export function logValuesQueryOptions(wanted: { field?: LogValueField; search: string }) {
  return queryOptions({
    queryKey: ['logs', 'values', wanted],
    queryFn: async ({ signal }) =>
      (
        await fetchJson<LogValuesAnswer>({
          url: `/api/logs/values?${new URLSearchParams(wanted)}`,
          signal,
        })
      ).values,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
}

/** The rows as a file, the first 10,000 of them. */
export function logsExportUrl(request: LogsRequest, format: 'csv' | 'ndjson'): string {
  const parameters = new URLSearchParams({ ...windowOf(request), ...request.filter, format })
  return `/api/logs?${parameters}`
}

function logsUrl(request: LogsRequest): string {
  return `/api/logs?${new URLSearchParams({ ...windowOf(request), ...request.filter, limit: String(PAGE_ROWS) })}`
}

/** Whether the window moves with the clock, so that requests join it. */
function isMoving({ windowChoice }: LogsRequest): boolean {
  return windowChoice !== null && 'period' in windowChoice
}

function windowOf({ windowChoice }: LogsRequest): Record<string, string> {
  return windowChoice === null ? {} : windowSearchParams(windowChoice)
}

import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { fetchJson } from '@/components/api/fetch-json'
import {
  refetchIntervalMs,
  toWindowParameters,
  type WindowChoice,
  windowSearchParams,
} from '@/components/time-window/window-choice'
import type { BadCallClass } from '@/lib/analytics/tools/bad-calls'
import type { BreakdownAnswer } from '@/lib/analytics/tools/breakdown/schema'
import type { ToolEndpointsAnswer } from '@/lib/analytics/tools/endpoints/schema'
import type { FailingCallsAnswer } from '@/lib/analytics/tools/failing-calls/schema'
import type { FunnelAnswer } from '@/lib/analytics/tools/funnel/schema'
import type { ToolModelsAnswer } from '@/lib/analytics/tools/models/schema'
import type { ToolNamesAnswer } from '@/lib/analytics/tools/names/schema'
import type { ToolProvidersAnswer } from '@/lib/analytics/tools/providers/schema'
import type { ToolSort } from '@/lib/analytics/tools/tool-sorts'
import type { ToolSubject } from '@/lib/analytics/tools/tool-subjects'
import { granularityForWindow } from '@/lib/charts/time-axis'
import { resolveWindow } from '@/lib/time/window'
import { filterParameters, type ToolsFilter } from './tools-filter'

/** What an address of this page is about: a panel's path below `/api/tools`, the window and further parameters. */
type ToolsAddress = { path: string; choice: WindowChoice; parameters: Record<string, string> }

/** `GET /api/tools/funnel`: the finest columns the window can show. */
export function funnelQueryOptions({ choice, filter }: { choice: WindowChoice; filter: ToolsFilter }) {
  return answerOptions<FunnelAnswer>(funnelAddress({ choice, filter }))
}

/** The address of the funnel, for its export too. */
export function funnelAddress({
  choice,
  filter,
}: {
  choice: WindowChoice
  filter: ToolsFilter
}): ToolsAddress {
  const nowMs = Date.now()
  const granularity = granularityForWindow(resolveWindow(toWindowParameters(choice), nowMs), nowMs)
  return { path: 'funnel', choice, parameters: { ...filterParameters(filter), granularity } }
}

/** `GET /api/tools/breakdown`. */
export function breakdownQueryOptions({ choice, by }: { choice: WindowChoice; by: ToolSubject }) {
  return answerOptions<BreakdownAnswer>({ path: 'breakdown', choice, parameters: { by } })
}

/** `GET /api/tools/models`. */
export function toolModelsQueryOptions(choice: WindowChoice) {
  return answerOptions<ToolModelsAnswer>({ path: 'models', choice, parameters: {} })
}

/** `GET /api/tools/providers`. */
export function toolProvidersQueryOptions({ choice, model }: { choice: WindowChoice; model: string }) {
  return answerOptions<ToolProvidersAnswer>({ path: 'providers', choice, parameters: { model } })
}

/** `GET /api/tools/endpoints`. */
export function toolEndpointsQueryOptions(choice: WindowChoice) {
  return answerOptions<ToolEndpointsAnswer>({ path: 'endpoints', choice, parameters: {} })
}

/** `GET /api/tools/names`. */
export function toolNamesQueryOptions({ choice, sort }: { choice: WindowChoice; sort: ToolSort }) {
  return answerOptions<ToolNamesAnswer>({ path: 'names', choice, parameters: { sort } })
}

/** Of a file: all rows, where a page asks for the first ones. */
export const EXPORT_ALL = { limit: '10000' }

/** Requests whose failing calls are listed at once. */
const PAGE_REQUESTS = 15

export type FailingCallsRequest = {
  choice: WindowChoice
  filter: ToolsFilter
  verdict: BadCallClass | null
  tool: string | null
}

/** `GET /api/tools/failing-calls`, page by page. */
export function failingCallsQueryOptions(request: FailingCallsRequest) {
  const url = `${toolsUrl(failingCallsAddress(request))}&limit=${PAGE_REQUESTS}`
  return infiniteQueryOptions({
    queryKey: ['tools', url],
    queryFn: ({ signal, pageParam }) =>
      fetchJson<FailingCallsAnswer>({
        url: pageParam === null ? url : `${url}&cursor=${encodeURIComponent(pageParam)}`,
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.cursor,
    placeholderData: keepPreviousData,
  })
}

/** The address of the failing calls, for their export too. Calls are not told apart by author. */
export function failingCallsAddress({ choice, filter, verdict, tool }: FailingCallsRequest): ToolsAddress {
  return {
    path: 'failing-calls',
    choice,
    parameters: {
      ...filterParameters(filter, ['model', 'provider', 'app']),
      ...(verdict === null ? {} : { verdict }),
      ...(tool === null ? {} : { tool }),
    },
  }
}

/** The address of one of the page's panels, also as a file. */
export function toolsUrl({ path, choice, parameters }: ToolsAddress, format?: 'csv' | 'json'): string {
  const all = new URLSearchParams({ ...windowSearchParams(choice), ...parameters })
  if (format !== undefined) all.set('format', format)
  return `/api/tools/${path}?${all}`
}

function answerOptions<Answer>(address: ToolsAddress) {
  const url = toolsUrl(address)
  const interval = refetchIntervalMs(address.choice)
  return queryOptions({
    queryKey: ['tools', url],
    queryFn: ({ signal }) => fetchJson<Answer>({ url, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: interval,
    staleTime: interval,
  })
}

import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { fetchJson } from '@/components/api/fetch-json'
import type { PlanPreviewAnswer, PlanPreviewBody } from '@/lib/gateway/plan-schema'

const HEALTH_REFRESH_MS = 10_000

/** `POST /api/v1/plan`: what the gateway would do with a request right now; nothing is called. */
export function planQueryOptions(body: PlanPreviewBody) {
  return queryOptions({
    queryKey: ['plan', body],
    queryFn: async ({ signal }) =>
      (await fetchJson<PlanPreviewAnswer>({ url: '/api/v1/plan', method: 'POST', body, signal })).data,
    placeholderData: keepPreviousData,
    refetchInterval: HEALTH_REFRESH_MS,
  })
}

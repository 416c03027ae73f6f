import { queryOptions } from '@tanstack/react-query'
import { fetchJson } from '@/components/api/fetch-json'
import type { EndpointListAnswer } from '@/lib/catalog/schema'

const HEALTH_REFRESH_MS = 10_000

/** `GET /api/v1/endpoints?routable=true`: what the gateway may use, with live health. */
export function routableEndpointsQueryOptions() {
  return queryOptions({
    queryKey: ['endpoints', 'routable'],
    queryFn: async ({ signal }) =>
      (await fetchJson<EndpointListAnswer>({ url: '/api/v1/endpoints?routable=true', signal })).data,
    refetchInterval: HEALTH_REFRESH_MS,
    staleTime: HEALTH_REFRESH_MS,
  })
}

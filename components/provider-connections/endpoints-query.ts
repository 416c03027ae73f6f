import { queryOptions } from '@tanstack/react-query'
import { fetchJson } from '@/components/api/fetch-json'
import type {
  EndpointAnswer,
  EndpointLessonsQuery,
  EndpointListAnswer,
  EndpointSuggestionAnswer,
  PutEndpointBody,
} from '@/lib/catalog/schema'

const ENDPOINTS_URL = '/api/v1/endpoints'
const REFETCH_MS = 15_000

/** `GET /api/v1/endpoints?provider=`: what is configured at one provider, with its health of the last minutes. */
export function providerEndpointsQueryOptions(provider: string) {
  const url = `${ENDPOINTS_URL}?${new URLSearchParams({ provider })}`
  return queryOptions({
    queryKey: ['endpoints', { provider }],
    queryFn: ({ signal }) => fetchJson<EndpointListAnswer>({ url, signal }),
    refetchInterval: REFETCH_MS,
  })
}

/** `GET /api/v1/endpoints/suggestion`: what the price table knows of a model at a provider. */
export function endpointSuggestionQueryOptions({ model, provider }: { model: string; provider: string }) {
  const url = `${ENDPOINTS_URL}/suggestion?${new URLSearchParams({ model, provider })}`
  return queryOptions({
    queryKey: ['endpoint-suggestion', { model, provider }],
    queryFn: ({ signal }) => fetchJson<EndpointSuggestionAnswer>({ url, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** `DELETE /api/v1/endpoints/lessons`: asks an endpoint again as any other. */
export function forgetLessons(endpoint: EndpointLessonsQuery) {
  const url = `${ENDPOINTS_URL}/lessons?${new URLSearchParams(endpoint)}`
  return fetchJson<EndpointAnswer>({ url, method: 'DELETE' })
}

/** `PUT /api/v1/endpoints`. */
export function putEndpoint(body: PutEndpointBody) {
  return fetchJson<EndpointAnswer>({ url: ENDPOINTS_URL, method: 'PUT', body })
}

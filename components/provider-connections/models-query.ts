import { queryOptions } from '@tanstack/react-query'
import { fetchJson } from '@/components/api/fetch-json'
import type { ConnectModelsAnswer, ConnectModelsBody, ModelListAnswer } from '@/lib/catalog/model-list-schema'

/** `GET /api/v1/providers/:slug/models`: asks the provider, so only when somebody looks and not again by itself. */
export function modelListQueryOptions(slug: string) {
  return queryOptions({
    queryKey: ['provider-models', slug],
    queryFn: ({ signal }) => fetchJson<ModelListAnswer>({ url: `${providerUrl(slug)}/models`, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
}

/** `POST /api/v1/providers/:slug/endpoints`. */
export function connectModels({ slug, body }: { slug: string; body: ConnectModelsBody }) {
  return fetchJson<ConnectModelsAnswer>({ url: `${providerUrl(slug)}/endpoints`, method: 'POST', body })
}

function providerUrl(slug: string): string {
  return `/api/v1/providers/${encodeURIComponent(slug)}`
}

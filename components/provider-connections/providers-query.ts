import { queryOptions } from '@tanstack/react-query'
import { fetchJson } from '@/components/api/fetch-json'
import type {
  ProviderAnswer,
  ProviderListAnswer,
  PutProviderBody,
  TestConnectionAnswer,
} from '@/lib/catalog/schema'

const PROVIDERS_URL = '/api/v1/providers'

/** `GET /api/v1/providers`. */
export function providersQueryOptions() {
  return queryOptions({
    queryKey: ['providers'],
    queryFn: ({ signal }) => fetchJson<ProviderListAnswer>({ url: PROVIDERS_URL, signal }),
  })
}

/** `PUT /api/v1/providers/:slug`. */
export function putProvider({ slug, body }: { slug: string; body: PutProviderBody }) {
  return fetchJson<ProviderAnswer>({ url: providerUrl(slug), method: 'PUT', body })
}

/** `DELETE /api/v1/providers/:slug`. */
export function disconnectProvider(slug: string) {
  return fetchJson<ProviderAnswer>({ url: providerUrl(slug), method: 'DELETE' })
}

/** `POST /api/v1/providers/:slug/test`: one real call to one of its models. */
export function testConnection({ slug, model }: { slug: string; model?: string }) {
  const body = model === undefined ? {} : { model }
  return fetchJson<TestConnectionAnswer>({ url: `${providerUrl(slug)}/test`, method: 'POST', body })
}

function providerUrl(slug: string): string {
  return `${PROVIDERS_URL}/${encodeURIComponent(slug)}`
}

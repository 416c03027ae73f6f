import { queryOptions } from '@tanstack/react-query'
import { fetchJson } from '@/components/api/fetch-json'
import type { ApiKey, ApiKeyListAnswer, CreateApiKeyBody, CreatedApiKey } from '@/lib/access/schema'

const KEYS_URL = '/api/keys'

/** `GET /api/keys`. */
export function apiKeysQueryOptions() {
  return queryOptions({
    queryKey: ['api-keys'],
    queryFn: ({ signal }) => fetchJson<ApiKeyListAnswer>({ url: KEYS_URL, signal }),
  })
}

/** `POST /api/keys`: the answer holds the key itself, for the only time. */
export function createApiKey(body: CreateApiKeyBody) {
  return fetchJson<CreatedApiKey>({ url: KEYS_URL, method: 'POST', body })
}

/** `DELETE /api/keys/:id`. */
export function revokeApiKey(id: number) {
  return fetchJson<ApiKey>({ url: `${KEYS_URL}/${id}`, method: 'DELETE' })
}

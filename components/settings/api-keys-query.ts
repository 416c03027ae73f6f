import { queryOptions } from '@tanstack/react-query'
import { fetchJson } from '@/components/api/fetch-json'
import { apiKey, apiKeyListAnswer, type CreateApiKeyBody, createdApiKey } from '@/lib/access/schema'

const KEYS_URL = '/api/keys'

/** `GET /api/keys`. */
export function apiKeysQueryOptions() {
  return queryOptions({
    queryKey: ['api-keys'],
    queryFn: ({ signal }) => fetchJson({ url: KEYS_URL, schema: apiKeyListAnswer, signal }),
  })
}

/** `POST /api/keys`: the answer holds the key itself, for the only time. */
export function createApiKey(body: CreateApiKeyBody) {
  return fetchJson({ url: KEYS_URL, schema: createdApiKey, method: 'POST', body })
}

/** `DELETE /api/keys/:id`. */
export function revokeApiKey(id: number) {
  return fetchJson({ url: `${KEYS_URL}/${id}`, schema: apiKey, method: 'DELETE' })
}

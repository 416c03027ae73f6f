import { db } from '../platform/db.server'
import type { EndpointSuggestionAnswer } from './schema'
import { suggestEndpoint } from './suggest-endpoint'

/** What the price table knows of a model at one of our providers, found by its slug or its address. */
export async function suggestForProvider({
  model,
  provider,
  nowMs,
}: {
  model: string
  provider: string
  nowMs: number
}): Promise<EndpointSuggestionAnswer> {
  const row = await db().provider.findUnique({ where: { slug: provider }, select: { baseUrl: true } })
  return suggestEndpoint({ model, provider, baseUrl: row?.baseUrl ?? null, atMs: nowMs })
}

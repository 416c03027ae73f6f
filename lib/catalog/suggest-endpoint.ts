import { findProvider, type ModelPrice } from '@pydantic/genai-prices'
import { familyAbilities } from './model-abilities'
import { findInPriceTable } from './price'
import type { EndpointSuggestionAnswer } from './schema'

/**
 * What is known of a model before anybody says it: what its family can do, and what the price table has of it at a
 * provider: US dollars per million tokens (the first tier where a price has
 * several) and context length in tokens; null where it does not know. A provider that the table does not know by its
 * slug is recognised by its address, so `our-openai` at api.openai.com has OpenAI's prices; others have none, because
 * each provider sets its own.
 */
export function suggestEndpoint({
  model,
  provider,
  baseUrl,
  atMs,
}: {
  model: string
  provider: string
  baseUrl: string | null
  atMs: number
}): EndpointSuggestionAnswer {
  const sellers = [provider, providerAt(baseUrl)].filter((seller) => seller !== null)
  const found = sellers
    .map((seller) => findInPriceTable({ model, provider: seller, atMs }))
    .find((entry) => entry !== null)
  const prices = found?.prices
  return {
    promptUsdPerMTok: firstPrice(prices?.input_mtok),
    cachedUsdPerMTok: firstPrice(prices?.cache_read_mtok),
    completionUsdPerMTok: firstPrice(prices?.output_mtok),
    contextLength: found?.modelInfo.context_window ?? null,
    ...familyAbilities(model),
  }
}

function providerAt(baseUrl: string | null): string | null {
  return baseUrl === null ? null : (findProvider({ providerApiUrl: baseUrl })?.id ?? null)
}

function firstPrice(price: ModelPrice[string]): number | null {
  if (price === undefined) return null
  return typeof price === 'number' ? price : price.base
}

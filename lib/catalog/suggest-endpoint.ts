import { findProvider, type ModelPrice } from '@pydantic/genai-prices'
import { findInPriceTable } from './price'
import type { EndpointSuggestionAnswer } from './schema'

const NOTHING: EndpointSuggestionAnswer = {
  promptUsdPerMTok: null,
  cachedUsdPerMTok: null,
  completionUsdPerMTok: null,
  contextLength: null,
}

/**
 * What the price table knows of a model at a provider: US dollars per million tokens (the first tier where a price has
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
  if (!found) return NOTHING
  const { prices, modelInfo } = found
  return {
    promptUsdPerMTok: firstPrice(prices.input_mtok),
    cachedUsdPerMTok: firstPrice(prices.cache_read_mtok),
    completionUsdPerMTok: firstPrice(prices.output_mtok),
    contextLength: modelInfo.context_window ?? null,
  }
}

function providerAt(baseUrl: string | null): string | null {
  return baseUrl === null ? null : (findProvider({ providerApiUrl: baseUrl })?.id ?? null)
}

function firstPrice(price: ModelPrice[string]): number | null {
  if (price === undefined) return null
  return typeof price === 'number' ? price : price.base
}

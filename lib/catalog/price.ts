import { calcPrice, type ModelInfo, type ModelPrice } from '@pydantic/genai-prices'
import { usdToMicroUsd } from '../records/cost'

/** Tokens of a request; prompt tokens include cached and cache-write tokens, completion includes reasoning. */
export type PricedUsage = {
  /** As `author/slug` or as the provider calls it. */
  model: string
  provider: string | null
  startedAtMs: number
  promptTokens: number | null
  cachedTokens: number | null
  cacheWriteTokens: number | null
  completionTokens: number | null
}

type UnitPrice = NonNullable<ModelPrice[string]>
type Tokens = { prompt: number; cached: number; cacheWrite: number; completion: number }

/** What one model costs at one provider: prices that never change, or a question to the library for each time. */
type Price =
  | { kind: 'fixed'; prices: ModelPrice }
  | { kind: 'by_time'; modelId: string; providerId: string; hasOutputPrice: boolean }

/** OpenTelemetry's and OpenRouter's names that the price table knows under another one. */
const PROVIDER_ALIASES: ReadonlyMap<string, string> = new Map([
  ['x_ai', 'x-ai'],
  ['z-ai', 'zai'],
  ['azure.ai.inference', 'azure'],
  ['azure.ai.openai', 'azure'],
  ['azure-openai', 'azure'],
  ['togetherai', 'together'],
  ['azure-deployments', 'azure'],
])

const REMEMBERED_PRICES = 5000
const remembered = new Map<string, Price | null>()

/**
 * What a request cost by the price table bundled with @pydantic/genai-prices, in integer micro-USD; no network.
 * Null when the table has no price for the model at this provider (without a provider: at its own author), when
 * prompt tokens are unknown, when completion tokens are unknown and cost something, or when cached tokens exceed the
 * prompt. Unknown cached tokens are priced as uncached. Never throws. Source of the prices and the rules of tiers and
 * missing cache prices: that package; a test holds us to its own answers. Design.md §3 has the field.
 */
export function estimateCostMicroUsd(usage: PricedUsage): number | null {
  if (usage.promptTokens === null) return null
  const price = priceOf(usage.model, usage.provider, usage.startedAtMs)
  if (price === null) return null
  if (usage.completionTokens === null && hasOutputPrice(price)) return null
  const tokens: Tokens = {
    prompt: usage.promptTokens,
    cached: usage.cachedTokens ?? 0,
    cacheWrite: usage.cacheWriteTokens ?? 0,
    completion: usage.completionTokens ?? 0,
  }
  if (tokens.cached + tokens.cacheWrite > tokens.prompt) return null
  if (price.kind === 'fixed') return usdToMicroUsd(fixedCostUsd(price.prices, tokens))
  const answer = askLibrary(price.modelId, price.providerId, tokens, usage.startedAtMs)
  return answer === null ? null : usdToMicroUsd(answer.total_price)
}

function priceOf(model: string, provider: string | null, startedAtMs: number): Price | null {
  const key = `${provider ?? ''}\n${model}`
  const known = remembered.get(key)
  if (known !== undefined) return known
  const price = findPrice(model, provider, startedAtMs)
  if (remembered.size >= REMEMBERED_PRICES) remembered.clear()
  remembered.set(key, price)
  return price
}

function findPrice(model: string, provider: string | null, startedAtMs: number): Price | null {
  const found = findInPriceTable({ model, provider, atMs: startedAtMs })
  if (found === null) return null
  const { prices, modelInfo, modelId, providerId } = found
  const isFixed = !Array.isArray(modelInfo.prices) && prices.requests_kcount === undefined
  if (isFixed) return { kind: 'fixed', prices }
  return { kind: 'by_time', modelId, providerId, hasOutputPrice: prices.output_mtok !== undefined }
}

/**
 * The price table's entry of a model at a provider (without one: at its own author): prices in US dollars per million
 * tokens as they are at `atMs`, and what it says of the model. Null when it has none. Never throws.
 */
export function findInPriceTable({
  model,
  provider,
  atMs,
}: {
  model: string
  provider: string | null
  atMs: number
}): { prices: ModelPrice; modelInfo: ModelInfo; modelId: string; providerId: string } | null {
  const slash = model.indexOf('/')
  const seller = (provider ?? (slash > 0 ? model.slice(0, slash) : '')).toLowerCase().trim()
  if (seller === '') return null
  const providerId = PROVIDER_ALIASES.get(seller) ?? seller
  const probe: Tokens = { prompt: 1, cached: 0, cacheWrite: 0, completion: 1 }
  for (const modelId of [model, model.slice(slash + 1)]) {
    const answer = askLibrary(modelId, providerId, probe, atMs)
    if (answer === null) continue
    return { prices: answer.model_price, modelInfo: answer.model, modelId, providerId: answer.provider.id }
  }
  return null
}

function hasOutputPrice(price: Price): boolean {
  return price.kind === 'fixed' ? price.prices.output_mtok !== undefined : price.hasOutputPrice
}

/** The library's own arithmetic costs 50 µs a request; this is the part of it that token counts need. */
function fixedCostUsd(prices: ModelPrice, tokens: Tokens): number {
  const { input_mtok: input, output_mtok: output } = prices
  const cached = unitPriceUsd(prices.cache_read_mtok ?? input, tokens.prompt)
  const cacheWrite = unitPriceUsd(prices.cache_write_mtok ?? input, tokens.prompt)
  const uncachedTokens = tokens.prompt - tokens.cached - tokens.cacheWrite
  const total =
    uncachedTokens * unitPriceUsd(input, tokens.prompt) +
    tokens.cached * cached +
    tokens.cacheWrite * cacheWrite +
    tokens.completion * unitPriceUsd(output, tokens.prompt)
  return total / 1e6
}

/** USD per million tokens. A tier holds for the whole request once its prompt is longer than the tier's start. */
function unitPriceUsd(price: UnitPrice | undefined, promptTokens: number): number {
  if (price === undefined) return 0
  if (typeof price === 'number') return price
  let reached = price.base
  for (const tier of price.tiers) if (promptTokens > tier.start) reached = tier.price
  return reached
}

function askLibrary(modelId: string, providerId: string, tokens: Tokens, startedAtMs: number) {
  const usage = {
    input_tokens: tokens.prompt,
    cache_read_tokens: tokens.cached,
    cache_write_tokens: tokens.cacheWrite,
    output_tokens: tokens.completion,
  }
  try {
    return calcPrice(usage, modelId, { providerId, timestamp: new Date(startedAtMs) })
  } catch {
    return null
  }
}

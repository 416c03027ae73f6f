import { isObject, type JsonObject, objectsOf } from '../platform/json-value'
import {
  INPUT_MODALITIES,
  type InputModality,
  OUTPUT_MODALITIES,
  type OutputModality,
} from '../records/vocabulary'

/** A model as a provider's list tells it; null and empty = the list does not say. Prices in US dollars per million tokens. */
export type ListedModel = {
  /** What the provider calls it. */
  upstreamModel: string
  contextLength: number | null
  maxCompletionTokens: number | null
  promptUsdPerMTok: number | null
  cachedUsdPerMTok: number | null
  completionUsdPerMTok: number | null
  inputModalities: InputModality[]
  outputModalities: OutputModality[]
  supportsTools: boolean | null
  supportsReasoning: boolean | null
  supportsStructuredOutput: boolean | null
}

/** One page of a list, and where the next one begins: a query to add; null = this was the last. */
export type ModelListPage = { models: ListedModel[]; next: Record<string, string> | null }

/**
 * Fields by the names that providers give them; the first that is there counts. Sources: the model list references of
 * OpenRouter, Together, Fireworks, Groq, Mistral, DeepInfra, Anthropic, Gemini, GitHub Models, Moonshot, Novita, vLLM.
 */
const CONTEXT_LENGTH = [
  'context_length',
  'context_window',
  'max_context_length',
  'max_model_len',
  'max_input_tokens',
  'inputTokenLimit',
  'context_size',
  'metadata.context_length',
  'limits.max_input_tokens',
  'top_provider.context_length',
]
const MAX_COMPLETION_TOKENS = [
  'max_completion_tokens',
  'max_output_tokens',
  'outputTokenLimit',
  'metadata.max_tokens',
  'limits.max_output_tokens',
  'top_provider.max_completion_tokens',
]
const INPUTS = [
  'architecture.input_modalities',
  'supported_input_modalities',
  'input_modalities',
  'modalities.input',
]
const OUTPUTS = [
  'architecture.output_modalities',
  'supported_output_modalities',
  'output_modalities',
  'modalities.output',
]
const SEES = [
  'supports_image_input',
  'supports_image_in',
  'capabilities.vision',
  'capabilities.image_input.supported',
]
const TOOLS = ['supports_tools', 'capabilities.function_calling', 'capabilities.tools.supported']
const REASONING = [
  'supports_reasoning',
  'capabilities.reasoning',
  'capabilities.thinking.supported',
  'thinking',
]
const STRUCTURED = ['supports_structured_output', 'capabilities.structured_outputs.supported']

/** A price's field and what one unit of it is in US dollars per million tokens. */
type PriceField = readonly [path: string, perMTok: number]
const PER_TOKEN = 1e6
const PRICES = {
  promptUsdPerMTok: [
    ['pricing.prompt', PER_TOKEN],
    ['pricing.input', 1],
    ['metadata.pricing.input_tokens', 1],
  ],
  cachedUsdPerMTok: [
    ['pricing.input_cache_read', PER_TOKEN],
    ['pricing.cached_input', 1],
    ['metadata.pricing.cache_read_tokens', 1],
  ],
  completionUsdPerMTok: [
    ['pricing.completion', PER_TOKEN],
    ['pricing.output', 1],
    ['metadata.pricing.output_tokens', 1],
  ],
} as const satisfies Record<string, readonly PriceField[]>

/**
 * Reads a provider's list of models, whatever it calls its fields: `data`, `models`, `result` or a bare list, names in
 * `id`, `name` or `model`. Null when it is no list. Never throws.
 */
export function readModelList(body: unknown): ModelListPage | null {
  const list = Array.isArray(body)
    ? body
    : isObject(body)
      ? (body.data ?? body.models ?? body.result)
      : undefined
  if (!Array.isArray(list)) return null
  const models = objectsOf(list).flatMap((entry) => {
    const upstreamModel = nameOf(entry)
    return upstreamModel === null ? [] : [readEntry(entry, upstreamModel)]
  })
  return { models, next: isObject(body) ? nextPage(body) : null }
}

/** Anthropic says where the next page begins, Gemini by which token. */
function nextPage(body: JsonObject): Record<string, string> | null {
  const { has_more: hasMore, last_id: lastId, nextPageToken } = body
  if (hasMore === true && typeof lastId === 'string') return { after_id: lastId }
  return typeof nextPageToken === 'string' && nextPageToken !== '' ? { pageToken: nextPageToken } : null
}

/** Cloudflare's `id` is a number's like and its `name` what is called; everybody else's `id` is called. */
function nameOf(entry: JsonObject): string | null {
  const { id, name, model } = entry
  const called = typeof name === 'string' && name.startsWith('@') ? name : (id ?? name ?? model)
  if (typeof called !== 'string') return null
  const bare = called.replace(/^models\//, '').trim()
  return bare === '' || bare.length > 200 ? null : bare
}

function readEntry(entry: JsonObject, upstreamModel: string): ListedModel {
  const parameters = listAt(entry, ['supported_parameters'])
  const can = (name: string) => (parameters === null ? null : parameters.includes(name))
  const inputs = listAt(entry, INPUTS)
  const sees = booleanAt(entry, SEES)
  return {
    upstreamModel,
    contextLength: tokensAt(entry, CONTEXT_LENGTH),
    maxCompletionTokens: tokensAt(entry, MAX_COMPLETION_TOKENS),
    promptUsdPerMTok: priceAt(entry, PRICES.promptUsdPerMTok),
    cachedUsdPerMTok: priceAt(entry, PRICES.cachedUsdPerMTok),
    completionUsdPerMTok: priceAt(entry, PRICES.completionUsdPerMTok),
    inputModalities: inputs
      ? INPUT_MODALITIES.filter((one) => inputs.includes(one))
      : sees === null
        ? []
        : sees
          ? ['text', 'image']
          : ['text'],
    outputModalities: OUTPUT_MODALITIES.filter((one) => listAt(entry, OUTPUTS)?.includes(one)),
    supportsTools:
      can('tools') ??
      booleanAt(entry, TOOLS) ??
      (listAt(entry, ['capabilities'])?.includes('tool-calling') || null),
    supportsReasoning: can('reasoning') ?? booleanAt(entry, REASONING),
    supportsStructuredOutput: can('structured_outputs') ?? booleanAt(entry, STRUCTURED),
  }
}

function valueAt(entry: JsonObject, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), entry)
}

function firstAt<T>(
  entry: JsonObject,
  paths: readonly string[],
  read: (value: unknown) => T | null,
): T | null {
  for (const path of paths) {
    const found = read(valueAt(entry, path))
    if (found !== null) return found
  }
  return null
}

function tokensAt(entry: JsonObject, paths: readonly string[]): number | null {
  return firstAt(entry, paths, (value) =>
    typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= 100_000_000 ? value : null,
  )
}

function booleanAt(entry: JsonObject, paths: readonly string[]): boolean | null {
  return firstAt(entry, paths, (value) => (typeof value === 'boolean' ? value : null))
}

function listAt(entry: JsonObject, paths: readonly string[]): string[] | null {
  return firstAt(entry, paths, (value) =>
    Array.isArray(value) ? value.filter((one) => typeof one === 'string') : null,
  )
}

/** Prices of less than nothing (OpenRouter's automatic models) are not known. */
function priceAt(entry: JsonObject, fields: readonly PriceField[]): number | null {
  for (const [path, perMTok] of fields) {
    const value = valueAt(entry, path)
    const amount = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
    if (typeof amount !== 'number' || !Number.isFinite(amount)) continue
    const usd = Math.round(amount * perMTok * 1e6) / 1e6
    return usd >= 0 && usd <= 100_000 ? usd : null
  }
  return null
}

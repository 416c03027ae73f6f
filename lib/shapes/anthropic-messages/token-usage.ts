import { isObject, type JsonObject, objectOf, withoutUndefined } from '../../platform/json-value'
import { costOf, knownUsage, tokenCountOf } from '../answer-facts'
import type { Usage } from '../hub'

/**
 * `usage` of a message, null when it is missing or says nothing. Anthropic's `input_tokens` leaves out what was read
 * from and written to the cache, so both are added to the prompt; `output_tokens` includes thinking. Sources: Usage
 * and MessageDeltaUsage of Anthropic's API reference; `cost` as OpenRouter adds it.
 */
export function readUsage(usage: unknown): Usage | null {
  if (!isObject(usage)) return null
  const inputTokens = tokenCountOf(usage.input_tokens)
  const cachedTokens = tokenCountOf(usage.cache_read_input_tokens)
  const cacheWriteTokens = tokenCountOf(usage.cache_creation_input_tokens)
  return knownUsage({
    promptTokens: inputTokens === null ? null : inputTokens + (cachedTokens ?? 0) + (cacheWriteTokens ?? 0),
    cachedTokens,
    cacheWriteTokens,
    completionTokens: tokenCountOf(usage.output_tokens),
    reasoningTokens: tokenCountOf(objectOf(usage.output_tokens_details).thinking_tokens),
    reportedCostUsd: costOf(usage.cost),
  })
}

/**
 * The usage of a stream, from `message_start` and each `message_delta`: counts are running totals, so the larger one
 * stands; what a later event leaves out or sets to null stays.
 */
export function mergeUsage(earlier: JsonObject, later: unknown): JsonObject {
  const merged = { ...earlier }
  for (const [name, value] of Object.entries(objectOf(later))) {
    const before = merged[name]
    if (value === null || value === undefined) continue
    merged[name] = typeof value === 'number' && typeof before === 'number' ? Math.max(before, value) : value
  }
  return merged
}

/**
 * Usage in Anthropic's shape, whose `input_tokens` leaves the cache out. Totals that are unknown are 0: clients add
 * them.
 */
export function writeUsage(usage: Usage | null): JsonObject {
  const cached = usage?.cachedTokens ?? 0
  const cacheWrite = usage?.cacheWriteTokens ?? 0
  const reasoning = usage?.reasoningTokens ?? null
  return withoutUndefined({
    input_tokens: Math.max(0, (usage?.promptTokens ?? 0) - cached - cacheWrite),
    cache_creation_input_tokens: cacheWrite,
    cache_read_input_tokens: cached,
    output_tokens: usage?.completionTokens ?? 0,
    output_tokens_details: reasoning === null ? undefined : { thinking_tokens: reasoning },
    cost: usage?.reportedCostUsd ?? undefined,
  })
}

import { isObject, objectOf } from '../../platform/json-value'
import { type AnswerUsage, costOf, knownUsage, tokenCountOf } from '../answer-facts'

/**
 * `usage` of a message, null when it is missing or says nothing. Anthropic's `input_tokens` leaves out what was read
 * from and written to the cache, so both are added to the prompt; `output_tokens` includes thinking. Sources: Usage
 * and MessageDeltaUsage of Anthropic's API reference; `cost` as OpenRouter adds it.
 */
export function readMessagesUsage(usage: unknown): AnswerUsage | null {
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
export function mergeMessagesUsage(earlier: unknown, later: unknown): Record<string, unknown> {
  const merged = { ...objectOf(earlier) }
  for (const [name, value] of Object.entries(objectOf(later))) {
    const before = merged[name]
    if (value === null || value === undefined) continue
    merged[name] = typeof value === 'number' && typeof before === 'number' ? Math.max(before, value) : value
  }
  return merged
}

import { isObject, type JsonObject, objectOf } from '../../platform/json-value'
import { costOf, knownUsage, tokenCountOf } from '../answer-facts'
import type { Usage } from '../hub'

/**
 * `usage` of a response, null when it is missing or says nothing. Cached and cache-write tokens are in `input_tokens`,
 * reasoning is in `output_tokens`. Sources: ResponseUsage of OpenAI's API reference; `cost` of OpenRouter's.
 */
export function readUsage(usage: unknown): Usage | null {
  if (!isObject(usage)) return null
  const input = objectOf(usage.input_tokens_details)
  return knownUsage({
    promptTokens: tokenCountOf(usage.input_tokens),
    cachedTokens: tokenCountOf(input.cached_tokens),
    cacheWriteTokens: tokenCountOf(input.cache_write_tokens),
    completionTokens: tokenCountOf(usage.output_tokens),
    reasoningTokens: tokenCountOf(objectOf(usage.output_tokens_details).reasoning_tokens),
    reportedCostUsd: costOf(usage.cost),
  })
}

/** The same for a client. Unknown counts are 0, since clients of this shape insist on numbers; unknown usage is null. */
export function writeUsage(usage: Usage | null): JsonObject | null {
  if (usage === null) return null
  const input = usage.promptTokens ?? 0
  const output = usage.completionTokens ?? 0
  return {
    input_tokens: input,
    input_tokens_details: {
      cached_tokens: usage.cachedTokens ?? 0,
      ...(usage.cacheWriteTokens === null ? {} : { cache_write_tokens: usage.cacheWriteTokens }),
    },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: usage.reasoningTokens ?? 0 },
    total_tokens: input + output,
  }
}

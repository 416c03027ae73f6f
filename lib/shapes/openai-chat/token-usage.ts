import { isObject, type JsonObject, objectOf, withoutUndefined } from '../../platform/json-value'
import { costOf, knownUsage, tokenCountOf } from '../answer-facts'
import type { Usage } from '../hub'

/**
 * `usage` of a chat completion, null when it is missing or says nothing. Cached and cache-write tokens are already in
 * `prompt_tokens`; a completion counted without its reasoning (known by `total_tokens`, or by being smaller) gets it
 * added. Sources: CompletionUsage of OpenAI's API reference, ChatUsage of OpenRouter's (`cost`,
 * `cache_write_tokens`), `prompt_cache_hit_tokens` of DeepSeek's.
 */
export function readUsage(usage: unknown): Usage | null {
  if (!isObject(usage)) return null
  const promptDetails = objectOf(usage.prompt_tokens_details)
  const promptTokens = tokenCountOf(usage.prompt_tokens)
  const reasoningTokens = tokenCountOf(objectOf(usage.completion_tokens_details).reasoning_tokens)
  const completionTokens = tokenCountOf(usage.completion_tokens)
  return knownUsage({
    promptTokens,
    cachedTokens: tokenCountOf(promptDetails.cached_tokens ?? usage.prompt_cache_hit_tokens),
    cacheWriteTokens: tokenCountOf(promptDetails.cache_write_tokens ?? usage.cache_creation_input_tokens),
    completionTokens: withReasoning({
      promptTokens,
      completionTokens,
      reasoningTokens,
      totalTokens: tokenCountOf(usage.total_tokens),
    }),
    reasoningTokens,
    reportedCostUsd: costOf(usage.cost),
  })
}

/** Where a whole answer or chunk has its usage; Groq has a place of its own. Undefined or null = it has none. */
export function usageIn(body: JsonObject): unknown {
  return body.usage ?? (isObject(body.x_groq) ? body.x_groq.usage : undefined)
}

/** Usage in the chat shape; what is unknown is left out, except the three totals that clients add up. */
export function writeUsage(usage: Usage): JsonObject {
  const prompt = usage.promptTokens ?? 0
  const completion = usage.completionTokens ?? 0
  return withoutUndefined({
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: known({
      cached_tokens: usage.cachedTokens,
      cache_write_tokens: usage.cacheWriteTokens,
    }),
    completion_tokens_details: known({ reasoning_tokens: usage.reasoningTokens }),
    cost: usage.reportedCostUsd ?? undefined,
  })
}

type Counts = Record<'promptTokens' | 'completionTokens' | 'reasoningTokens' | 'totalTokens', number | null>

function withReasoning(counts: Counts): number | null {
  const { promptTokens, completionTokens, reasoningTokens, totalTokens } = counts
  if (completionTokens === null || reasoningTokens === null || reasoningTokens === 0) return completionTokens
  const apart = completionTokens + reasoningTokens
  const isApart = completionTokens < reasoningTokens || totalTokens === (promptTokens ?? 0) + apart
  return isApart ? apart : completionTokens
}

function known(details: Record<string, number | null>): JsonObject | undefined {
  const given = Object.entries(details).filter(([, count]) => count !== null)
  return given.length === 0 ? undefined : Object.fromEntries(given)
}

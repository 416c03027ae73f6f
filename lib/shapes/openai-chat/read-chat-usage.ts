import { isObject, objectOf } from '../../platform/json-value'
import { type AnswerUsage, costOf, knownUsage, tokenCountOf } from '../answer-facts'

/**
 * `usage` of a chat completion, null when it is missing or says nothing. Cached and cache-write tokens are already in
 * `prompt_tokens`; a completion counted without its reasoning (known by `total_tokens`, or by being smaller) gets it
 * added. Sources: CompletionUsage of OpenAI's API reference, ChatUsage of OpenRouter's (`cost`,
 * `cache_write_tokens`), `prompt_cache_hit_tokens` of DeepSeek's.
 */
export function readChatUsage(usage: unknown): AnswerUsage | null {
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

type Counts = Record<'promptTokens' | 'completionTokens' | 'reasoningTokens' | 'totalTokens', number | null>

function withReasoning(counts: Counts): number | null {
  const { promptTokens, completionTokens, reasoningTokens, totalTokens } = counts
  if (completionTokens === null || reasoningTokens === null || reasoningTokens === 0) return completionTokens
  const apart = completionTokens + reasoningTokens
  const isApart = completionTokens < reasoningTokens || totalTokens === (promptTokens ?? 0) + apart
  return isApart ? apart : completionTokens
}

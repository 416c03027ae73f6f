import { type JsonObject, withoutUndefined } from '../../platform/json-value'
import type { AnswerUsage } from '../answer-facts'

/** Usage in the chat shape; what is unknown is left out, except the three totals that clients add up. */
export function chatUsageFrom(usage: AnswerUsage): JsonObject {
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

/**
 * Usage in Anthropic's shape, whose `input_tokens` leaves the cache out. Totals that are unknown are 0: clients add
 * them.
 */
export function messagesUsageFrom(usage: AnswerUsage | null): JsonObject {
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

function known(details: Record<string, number | null>): JsonObject | undefined {
  const given = Object.entries(details).filter(([, count]) => count !== null)
  return given.length === 0 ? undefined : Object.fromEntries(given)
}

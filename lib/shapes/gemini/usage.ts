import { isObject, type JsonObject, withoutUndefined } from '../../platform/json-value'
import { costOf, knownUsage, tokenCountOf } from '../answer-facts'
import type { Usage } from '../hub'

/**
 * `usageMetadata` of an answer, null when it is missing or says nothing. What provider-run tools brought into the prompt
 * is counted beside it, and so are thoughts beside the answer; both are added. ProtoJSON leaves out what is 0, so an
 * answer without its count is what is left of the total. Source: UsageMetadata of the Gemini API reference; `cost` is
 * what this gateway adds.
 */
export function readGeminiUsage(usageMetadata: unknown): Usage | null {
  if (!isObject(usageMetadata)) return null
  const prompt = tokenCountOf(usageMetadata.promptTokenCount)
  const tools = tokenCountOf(usageMetadata.toolUsePromptTokenCount)
  const answer = tokenCountOf(usageMetadata.candidatesTokenCount)
  const thoughts = tokenCountOf(usageMetadata.thoughtsTokenCount)
  const total = tokenCountOf(usageMetadata.totalTokenCount)
  const promptTokens = prompt === null ? null : prompt + (tools ?? 0)
  const rest = total === null || promptTokens === null ? null : Math.max(0, total - promptTokens)
  return knownUsage({
    promptTokens,
    cachedTokens: tokenCountOf(usageMetadata.cachedContentTokenCount),
    cacheWriteTokens: null,
    completionTokens: answer === null && thoughts === null ? rest : (answer ?? 0) + (thoughts ?? 0),
    reasoningTokens: thoughts,
    reportedCostUsd: costOf(usageMetadata.cost),
  })
}

/** Usage as `usageMetadata`, with what the request cost in US dollars; undefined when nothing is known. */
export function geminiUsageFrom(usage: Usage | null, costUsd: number | null): JsonObject | undefined {
  if (usage === null) return costUsd === null ? undefined : { cost: costUsd }
  const { promptTokens, completionTokens, reasoningTokens, cachedTokens, reportedCostUsd } = usage
  const total = promptTokens === null || completionTokens === null ? null : promptTokens + completionTokens
  return withoutUndefined({
    promptTokenCount: promptTokens ?? undefined,
    cachedContentTokenCount: cachedTokens ?? undefined,
    candidatesTokenCount:
      completionTokens === null ? undefined : Math.max(0, completionTokens - (reasoningTokens ?? 0)),
    thoughtsTokenCount: reasoningTokens ?? undefined,
    totalTokenCount: total ?? undefined,
    cost: costUsd ?? reportedCostUsd ?? undefined,
  })
}

import { isObject, type JsonObject } from '../platform/json-value'
import type { AnswerEnd, AnswerIdentity } from './shape'

/**
 * A whole answer whose shape has `id`, `model` and `usage` at the top: under our id and model, with the provider that
 * gave it, the cost within its usage, and the metadata beside them. Everything else stays.
 */
export function stampAnswer(
  body: JsonObject,
  { id, model, providerName }: AnswerIdentity,
  { costUsd, metadata }: AnswerEnd,
): JsonObject {
  const { usage } = body
  return {
    ...body,
    id,
    model,
    provider: providerName,
    ...(isObject(usage) ? { usage: withCost(usage, costUsd) } : {}),
    ...(metadata === null ? {} : { openrouter_metadata: metadata }),
  }
}

/** A usage object with what the request cost in US dollars (OpenRouter's `usage.cost`); null leaves it out. */
export function withCost(usage: JsonObject, costUsd: number | null): JsonObject {
  return costUsd === null ? usage : { ...usage, cost: costUsd }
}

import { isObject, type JsonObject, numberOf, objectOf, textOf } from '../../platform/json-value'

/** Thinking tokens for each effort of the chat shape. Anthropic's own least is 1,024. */
const BUDGET_OF_EFFORT: Readonly<Record<string, number>> = {
  minimal: 1024,
  low: 2048,
  medium: 8192,
  high: 16_384,
  xhigh: 32_000,
  max: 32_000,
}
const LEAST_BUDGET = 1024
/** What Anthropic demands and the chat shape leaves open: tokens of the answer, beside those of thinking. */
const DEFAULT_ANSWER_TOKENS = 8192

export type ThinkingPlan = { thinking: JsonObject | undefined; maxTokens: number }

/**
 * `reasoning`, `reasoning_effort` and the token limit of a chat request as Anthropic's `thinking` and `max_tokens`
 * (8,192 more than the budget when the request gives no limit). The budget stays below the limit; a limit that leaves
 * no room for it (1,024 or less) switches thinking off. `reasoning.exclude` cannot go.
 */
export function planThinking(request: JsonObject): ThinkingPlan {
  const limit = numberOf(request.max_completion_tokens) ?? numberOf(request.max_tokens)
  const wanted = wantedBudget(request)
  if (wanted === null) return { thinking: undefined, maxTokens: limit ?? DEFAULT_ANSWER_TOKENS }
  if (wanted === 'off' || (limit !== null && limit <= LEAST_BUDGET)) {
    return { thinking: { type: 'disabled' }, maxTokens: limit ?? DEFAULT_ANSWER_TOKENS }
  }
  const budget = Math.max(LEAST_BUDGET, Math.min(wanted, limit === null ? wanted : limit - 1))
  return {
    thinking: { type: 'enabled', budget_tokens: budget },
    maxTokens: limit ?? budget + DEFAULT_ANSWER_TOKENS,
  }
}

/**
 * Anthropic's `thinking` and `output_config.effort` as `reasoning_effort`; undefined when the request has neither.
 */
export function effortFromThinking(request: JsonObject): string | undefined {
  const thinking = objectOf(request.thinking)
  const budget = thinking.type === 'enabled' ? numberOf(thinking.budget_tokens) : null
  if (budget === null) return textOf(objectOf(request.output_config).effort) ?? undefined
  if (budget <= 4096) return 'low'
  return budget <= 12_288 ? 'medium' : 'high'
}

function wantedBudget(request: JsonObject): number | 'off' | null {
  const reasoning = objectOf(request.reasoning)
  const effort = textOf(reasoning.effort) ?? textOf(request.reasoning_effort)
  if (reasoning.enabled === false || effort === 'none') return 'off'
  const asked = numberOf(reasoning.max_tokens)
  if (asked !== null) return Math.floor(asked)
  if (effort !== null) return BUDGET_OF_EFFORT[effort] ?? BUDGET_OF_EFFORT.medium ?? LEAST_BUDGET
  return isObject(request.reasoning) && reasoning.enabled === true
    ? (BUDGET_OF_EFFORT.medium ?? LEAST_BUDGET)
    : null
}

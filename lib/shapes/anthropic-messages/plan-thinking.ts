import type { JsonObject } from '../../platform/json-value'
import type { ReasoningSettings } from '../hub'

/** Thinking tokens for each effort. Anthropic's own least is 1,024. */
const BUDGET_OF_EFFORT: Readonly<Record<string, number>> = {
  minimal: 1024,
  low: 2048,
  medium: 8192,
  high: 16_384,
  xhigh: 32_000,
  max: 32_000,
}
const USUAL_BUDGET = 8192
const LEAST_BUDGET = 1024
/** What Anthropic demands and other shapes leave open: tokens of the answer, beside those of thinking. */
const DEFAULT_ANSWER_TOKENS = 8192

export type ThinkingPlan = { thinking: JsonObject | undefined; maxTokens: number }

/**
 * How much to think and the token limit (null = none) as Anthropic's `thinking` and `max_tokens`: 8,192 more than the
 * budget when the request gives no limit. The budget stays below the limit; a limit that leaves no room for it (1,024
 * or less) switches thinking off.
 */
export function planThinking(reasoning: ReasoningSettings | null, limit: number | null): ThinkingPlan {
  const wanted = wantedBudget(reasoning)
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

function wantedBudget(reasoning: ReasoningSettings | null): number | 'off' | null {
  if (reasoning === null) return null
  const { effort, maxTokens, isEnabled } = reasoning
  if (isEnabled === false) return 'off'
  if (maxTokens !== null) return Math.floor(maxTokens)
  if (effort !== null) return BUDGET_OF_EFFORT[effort] ?? USUAL_BUDGET
  return isEnabled ? USUAL_BUDGET : null
}

import {
  isObject,
  type JsonObject,
  numberOf,
  objectOf,
  textOf,
  withoutUndefined,
} from '../../platform/json-value'
import type { ReasoningSettings } from '../hub'
import type { GeminiModelRules } from './model-rules'

/** Thinking tokens for each effort where a model takes a budget; the same as for Anthropic's. */
const BUDGET_OF_EFFORT: ReadonlyMap<string, number> = new Map([
  ['minimal', 1024],
  ['low', 2048],
  ['medium', 8192],
  ['high', 16_384],
  ['xhigh', 32_000],
  ['max', 32_000],
])
const DEFAULT_BUDGET = 8192
const LEVELS = ['MINIMAL', 'LOW', 'MEDIUM', 'HIGH', 'XHIGH'] as const

/**
 * Gemini's `thinkingConfig` as reasoning settings, null when there is none. A budget of 0 is off, -1 leaves the
 * measure to the model. Thoughts are shown only where `includeThoughts` asks for them. Source: thinking, ai.google.dev.
 */
export function reasoningFromThinking(thinkingConfig: unknown): ReasoningSettings | null {
  if (!isObject(thinkingConfig)) return null
  const budget = numberOf(thinkingConfig.thinkingBudget)
  const level = textOf(thinkingConfig.thinkingLevel)?.toLowerCase() ?? null
  const effort = level === null || level.endsWith('unspecified') ? null : level
  return {
    effort,
    maxTokens: budget !== null && budget > 0 ? budget : null,
    isEnabled: budget === null && effort === null ? null : budget !== 0,
    isExcluded: thinkingConfig.includeThoughts !== true,
    summary: null,
  }
}

/**
 * Reasoning settings as `thinkingConfig` in the words the model takes: a level or a budget, never both. What cannot be
 * switched off gets its least; a level that the model lacks becomes the next one it has, and the highest at the end.
 * Undefined for no settings, and for models that do not think.
 */
export function thinkingFromReasoning(
  reasoning: ReasoningSettings | null,
  { thinking }: GeminiModelRules,
): JsonObject | undefined {
  if (reasoning === null || thinking.by === 'nothing') return undefined
  const isOff = reasoning.isEnabled === false || reasoning.effort === 'none'
  const measure =
    thinking.by === 'level'
      ? levelOf(reasoning, { isOff, levels: thinking.levels })
      : { thinkingBudget: budgetOf(reasoning, { isOff, ...thinking }) }
  return withoutUndefined({ includeThoughts: isOff ? undefined : !reasoning.isExcluded, ...measure })
}

/** Whether a client of the shape asked to see thoughts. */
export function showsThoughts(request: JsonObject): boolean {
  const { thinkingConfig } = objectOf(request.generationConfig)
  if (isObject(thinkingConfig)) return thinkingConfig.includeThoughts === true
  return isObject(request.reasoning) && request.reasoning.exclude !== true
}

function levelOf(
  { effort, maxTokens }: ReasoningSettings,
  { isOff, levels }: { isOff: boolean; levels: readonly string[] },
): JsonObject {
  if (isOff) return { thinkingLevel: levels[0] }
  if (effort === null) return maxTokens === null ? {} : { thinkingBudget: Math.floor(maxTokens) }
  const wanted = LEVELS.indexOf(
    (effort === 'max' ? 'XHIGH' : effort.toUpperCase()) as (typeof LEVELS)[number],
  )
  if (wanted === -1) return {}
  return { thinkingLevel: LEVELS.slice(wanted).find((level) => levels.includes(level)) ?? levels.at(-1) }
}

function budgetOf(
  { effort, maxTokens }: ReasoningSettings,
  { isOff, least, most, canBeOff }: { isOff: boolean; least: number; most: number; canBeOff: boolean },
): number {
  if (isOff) return canBeOff ? 0 : least
  const wanted = maxTokens ?? (effort === null ? null : (BUDGET_OF_EFFORT.get(effort) ?? DEFAULT_BUDGET))
  return wanted === null ? -1 : Math.max(least, Math.min(Math.floor(wanted), most))
}

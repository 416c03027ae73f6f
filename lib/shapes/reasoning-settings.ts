import { type JsonObject, numberOf, objectOf, textOf } from '../platform/json-value'
import type { ReasoningSettings } from './hub'

/**
 * How much a request wants to think, in any of the words that chat and messages clients use and mix: OpenRouter's
 * `reasoning`, OpenAI's `reasoning_effort`, `include_reasoning`, and Anthropic's `thinking` with `output_config.effort`,
 * which GLM and Kimi know as well. Null when the request has none of them.
 */
export function readReasoningSettings(body: JsonObject): ReasoningSettings | null {
  const reasoning = objectOf(body.reasoning)
  const thinking = objectOf(body.thinking)
  const effort =
    textOf(reasoning.effort) ?? textOf(body.reasoning_effort) ?? textOf(objectOf(body.output_config).effort)
  const isOff = reasoning.enabled === false || effort === 'none' || thinking.type === 'disabled'
  const isOn = reasoning.enabled === true || thinking.type === 'enabled' || thinking.type === 'adaptive'
  const maxTokens = numberOf(reasoning.max_tokens) ?? numberOf(thinking.budget_tokens)
  const isExcluded =
    reasoning.exclude === true || body.include_reasoning === false || thinking.display === 'omitted'
  const summary = textOf(reasoning.summary)
  const isSaid = effort !== null || maxTokens !== null || isOff || isOn || isExcluded || summary !== null
  return isSaid ? { effort, maxTokens, isEnabled: isOff ? false : isOn || null, isExcluded, summary } : null
}

/** The effort that would spend about as many tokens on thinking. */
export function effortOfBudget(tokens: number): 'low' | 'medium' | 'high' {
  if (tokens <= 4096) return 'low'
  return tokens <= 12_288 ? 'medium' : 'high'
}

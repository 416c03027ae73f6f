import { RECORD_LIMITS } from '../../records/record-limits'
import type { RequestRecord } from '../../records/request-record'
import type { Attributes } from './schema'
import { numberOf } from './span-attributes'

export type TokenCounts = Pick<
  RequestRecord,
  'promptTokens' | 'cachedTokens' | 'cacheWriteTokens' | 'completionTokens' | 'reasoningTokens'
>

export type SpanUsage = { tokens: TokenCounts; costUsd: number | null }

const TOKEN_NAMES = {
  promptTokens: ['gen_ai.usage.input_tokens', 'gen_ai.usage.prompt_tokens'],
  cachedTokens: ['gen_ai.usage.cache_read.input_tokens', 'gen_ai.usage.cache_read_input_tokens'],
  cacheWriteTokens: [
    'gen_ai.usage.cache_write.input_tokens',
    'gen_ai.usage.cache_creation.input_tokens',
    'gen_ai.usage.cache_creation_input_tokens',
  ],
  completionTokens: ['gen_ai.usage.output_tokens', 'gen_ai.usage.completion_tokens'],
  reasoningTokens: ['gen_ai.usage.reasoning.output_tokens', 'gen_ai.usage.reasoning_tokens'],
} as const satisfies Record<keyof TokenCounts, readonly string[]>

const COST_NAMES = ['gen_ai.usage.cost', 'llm.cost.total'] as const

/**
 * Token counts of every generation of names and the reported cost in US dollars, null where the span has none; or a
 * sentence about the first number that cannot be true (negative, fractional, not a number, huge). A prompt smaller
 * than its cached tokens, or a completion smaller than its reasoning, was counted without them and gets them added.
 * Sources: `gen_ai.usage.*` of the OpenTelemetry GenAI semantic conventions, which include cached and reasoning tokens;
 * Anthropic's own usage does not. The README of this folder lists the older names.
 */
export function readUsage(attributes: Attributes): SpanUsage | string {
  const counts = new Map<string, number | null>()
  for (const [field, names] of Object.entries(TOKEN_NAMES)) {
    const value = numberOf(attributes, names)
    if (value !== null && !(Number.isInteger(value) && value >= 0 && value <= RECORD_LIMITS.maxTokens)) {
      return `${names.find((name) => attributes.has(name))} is no whole number from 0 to ${RECORD_LIMITS.maxTokens}.`
    }
    // Adding zero turns -0 into 0.
    counts.set(field, value === null ? null : value + 0)
  }
  const costUsd = numberOf(attributes, COST_NAMES)
  if (costUsd !== null && !(costUsd >= 0 && costUsd <= RECORD_LIMITS.maxCostUsd)) {
    return `The cost is no number of US dollars from 0 to ${RECORD_LIMITS.maxCostUsd}.`
  }
  return { tokens: inclusive(counts), costUsd }
}

function inclusive(counts: ReadonlyMap<string, number | null>): TokenCounts {
  const count = (field: keyof TokenCounts) => counts.get(field) ?? null
  const cachedTokens = count('cachedTokens')
  const cacheWriteTokens = count('cacheWriteTokens')
  const reasoningTokens = count('reasoningTokens')
  return {
    promptTokens: including(count('promptTokens'), (cachedTokens ?? 0) + (cacheWriteTokens ?? 0)),
    cachedTokens,
    cacheWriteTokens,
    completionTokens: including(count('completionTokens'), reasoningTokens ?? 0),
    reasoningTokens,
  }
}

function including(total: number | null, part: number): number | null {
  return total !== null && part > total ? total + part : total
}

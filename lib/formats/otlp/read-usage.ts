import { RECORD_LIMITS } from '../../records/record-limits'
import type { RequestRecord } from '../../records/request-record'
import { FIELD_NAMES } from './dialects/registry'
import type { Attributes } from './schema'
import { numberOf } from './span-attributes'

export type TokenCounts = Pick<
  RequestRecord,
  'promptTokens' | 'cachedTokens' | 'cacheWriteTokens' | 'completionTokens' | 'reasoningTokens'
>

export type SpanUsage = { tokens: TokenCounts; costUsd: number | null }

const TOKEN_FIELDS = [
  'promptTokens',
  'cachedTokens',
  'cacheWriteTokens',
  'completionTokens',
  'reasoningTokens',
] as const satisfies readonly (keyof TokenCounts)[]

/**
 * Token counts in every dialect and the reported cost in US dollars; null where the span has none, or one that cannot be
 * true (negative, fractional, not a number, huge): one odd value makes its field unknown. A prompt smaller than its
 * cached tokens, or a completion smaller than its reasoning, was counted without them and gets them added.
 * Sources: `gen_ai.usage.*` of the OpenTelemetry GenAI semantic conventions, which include cached and reasoning tokens;
 * Anthropic's own usage does not. `dialects` has all names.
 */
export function readUsage(attributes: Attributes): SpanUsage {
  const counts = new Map<string, number | null>()
  for (const field of TOKEN_FIELDS) counts.set(field, readCount(attributes, FIELD_NAMES[field]))
  const costUsd = numberOf(attributes, FIELD_NAMES.costUsd)
  const isCost = costUsd !== null && costUsd >= 0 && costUsd <= RECORD_LIMITS.maxCostUsd
  return { tokens: inclusive(counts), costUsd: isCost ? costUsd : null }
}

/** The first of the names that holds a count. */
function readCount(attributes: Attributes, names: readonly string[]): number | null {
  for (const name of names) {
    const value = numberOf(attributes, [name])
    // Adding zero turns -0 into 0.
    if (value !== null && Number.isInteger(value) && value >= 0 && value <= RECORD_LIMITS.maxTokens)
      return value + 0
  }
  return null
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

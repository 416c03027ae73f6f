/**
 * Classes of a request's length in total tokens, each up to and including its limit; the last takes all that is longer.
 * The order is the key of the rollups, so classes are only ever appended. Source: OpenRouter's context-length buckets.
 */
export const CONTEXT_LENGTHS = ['1K', '10K', '100K', '1M', '10M'] as const

const LIMITS = [1_000, 10_000, 100_000, 1_000_000]

/** Position in CONTEXT_LENGTHS of a request with that many prompt and completion tokens. */
export function contextLengthIndex(totalTokens: number): number {
  const index = LIMITS.findIndex((limit) => totalTokens <= limit)
  return index < 0 ? LIMITS.length : index
}

import type { CallerKind } from './vocabulary'

/** What an app or API key is, by who drives its requests. */
export const CALLER_CLASSES = ['agentic', 'mixed', 'human', 'unknown'] as const
export type CallerClass = (typeof CALLER_CLASSES)[number]

/** Shares of a caller's tokens at which it stops being mixed. */
export const AGENTIC_FROM = 0.8
export const HUMAN_UP_TO = 0.2

/** What is known of a caller in a window. Tokens are prompt and completion. */
export type CallerSums = {
  totalTokens: number
  agenticTokens: number
  /** Requests that count as agentic or human; the rest are unknown. */
  agenticRequests: number
  humanRequests: number
}

/** Agentic tokens ÷ all tokens of the caller, those of unknown requests included; null when it has none. */
export function agenticShareOf({ agenticTokens, totalTokens }: CallerSums): number | null {
  return totalTokens > 0 ? agenticTokens / totalTokens : null
}

/**
 * The class of an app or API key: what an operator declared, else agentic when at least 80 % of all its tokens are,
 * human when at most 20 % are, mixed between. `unknown` when none of its requests is known to be either, or it has no
 * tokens to go by. Source of the definition: design.md §5, caller kind per key.
 */
export function classifyCallerBySums(sums: CallerSums, declared: CallerKind | null): CallerClass {
  if (declared === 'agentic' || declared === 'human') return declared
  const share = agenticShareOf(sums)
  if (share === null || sums.agenticRequests + sums.humanRequests === 0) return 'unknown'
  if (share >= AGENTIC_FROM) return 'agentic'
  return share <= HUMAN_UP_TO ? 'human' : 'mixed'
}

import { numberOf } from '../platform/json-value'
import type { RawToolCall } from '../records/check-tool-calls'
import { RECORD_LIMITS } from '../records/record-limits'
import type { Usage } from './hub'

/** What the gateway needs to know of an answer, whichever shape it came in. */
export type AnswerFacts = {
  usage: Usage | null
  /** In our words, see lib/records/finish-reason.ts; null when the answer gave none. */
  finishReason: string | null
  /** In the provider's words. */
  nativeFinishReason: string | null
  /** In the order they were begun, arguments as raw text. */
  toolCalls: RawToolCall[]
  /** Whether text, reasoning, a refusal, media or a tool call was seen. */
  hasOutput: boolean
  /** What is wrong with an answer that came with a 200, in a sentence; null when nothing is. */
  problem: string | null
  /** The status inside that error, when it has one. */
  problemStatus: number | null
  /** The provider's own code for it; null or left out when it gave none. */
  problemCode?: string | null
  /** Whether a refusal in words was part of it; left out = no. */
  isRefused?: true
  /** The answer's text without reasoning; left out unless the observer was asked to keep it. */
  text?: string
}

/** A count a record can hold; anything else (negative, fractional, huge, no number) is unknown. */
export function tokenCountOf(value: unknown): number | null {
  const count = numberOf(value)
  if (count === null || !Number.isInteger(count) || count < 0 || count > RECORD_LIMITS.maxTokens) return null
  return count
}

/** Reported US dollars, null when they cannot be true. */
export function costOf(value: unknown): number | null {
  const cost = numberOf(value)
  return cost !== null && cost >= 0 && cost <= RECORD_LIMITS.maxCostUsd ? cost : null
}

/** The usage, or null when nothing in it is known. */
export function knownUsage(usage: Usage): Usage | null {
  return Object.values(usage).some((value) => value !== null) ? usage : null
}

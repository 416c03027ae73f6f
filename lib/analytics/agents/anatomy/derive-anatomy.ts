import { PROMPT_PARTS, type PromptPart } from '../../../records/vocabulary'
import type { AnatomyAnswer, AnatomyOfKind } from './schema'

/** Sums over the requests of one caller kind. */
export type AnatomySums = {
  requests: number
  tokensKnown: number
  promptTokens: number
  completionTokens: number
  cachedTokens: number
  /** Prompt tokens of the requests whose cached tokens are known. */
  cacheKnownPromptTokens: number
  reasoningTokens: number
  /** Completion tokens of the requests whose reasoning tokens are known. */
  reasoningKnownCompletionTokens: number
  partsKnown: number
  /** Sums by part over the requests whose parts are known. */
  parts: Record<PromptPart, number>
}

/**
 * The average request of each kind from their sums, and how many times the one is the other. What no request says is
 * null. Source: design.md §5, total tokens and caller kind.
 */
export function deriveAnatomy(
  agentic: AnatomySums | null,
  human: AnatomySums | null,
): Pick<AnatomyAnswer, 'agentic' | 'human' | 'factor'> {
  const kinds = { agentic: averageRequest(agentic), human: averageRequest(human) }
  const perAgent = kinds.agentic.averageTokens
  const perPerson = kinds.human.averageTokens
  return { ...kinds, factor: perAgent === null || perPerson === null ? null : ratio(perAgent, perPerson) }
}

function averageRequest(sums: AnatomySums | null): AnatomyOfKind {
  if (sums === null) return NO_REQUESTS
  const { tokensKnown, partsKnown } = sums
  const averageCompletionTokens = ratio(sums.completionTokens, tokensKnown)
  return {
    requests: sums.requests,
    tokensKnown,
    averageTokens: ratio(sums.promptTokens + sums.completionTokens, tokensKnown),
    averagePromptTokens: ratio(sums.promptTokens, tokensKnown),
    averageCompletionTokens,
    partsKnown,
    parts: partsKnown > 0 ? averageParts(sums) : null,
    ...splitCompletion(averageCompletionTokens, reasoningShare(sums)),
    cachedShare: ratio(sums.cachedTokens, sums.cacheKnownPromptTokens),
  }
}

function averageParts({ parts, partsKnown }: AnatomySums): Record<PromptPart, number> {
  const entries = PROMPT_PARTS.map((part) => [part, parts[part] / partsKnown] as const)
  // fromEntries widens its keys to string; they are exactly PROMPT_PARTS.
  return Object.fromEntries(entries) as Record<PromptPart, number>
}

/** Of the completions whose reasoning is known; a log that counts reasoning beside the completion gives at most all. */
function reasoningShare({ reasoningTokens, reasoningKnownCompletionTokens }: AnatomySums): number | null {
  const share = ratio(reasoningTokens, reasoningKnownCompletionTokens)
  return share === null ? null : Math.min(1, share)
}

function splitCompletion(
  completion: number | null,
  share: number | null,
): Pick<AnatomyOfKind, 'reasoningTokens' | 'outputTokens'> {
  if (completion === null || share === null) return { reasoningTokens: null, outputTokens: completion }
  return { reasoningTokens: completion * share, outputTokens: completion * (1 - share) }
}

function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null
}

const NO_REQUESTS: AnatomyOfKind = {
  requests: 0,
  tokensKnown: 0,
  averageTokens: null,
  averagePromptTokens: null,
  averageCompletionTokens: null,
  partsKnown: 0,
  parts: null,
  reasoningTokens: null,
  outputTokens: null,
  cachedShare: null,
}

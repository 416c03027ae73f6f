import type { AnatomyOfKind } from '../analytics/agents/anatomy/schema'
import { TURN_PARTS, type TurnPart } from './part-colors'

/** One part of an average turn, in tokens; null = not known. `share` is of the turn's known tokens, 0–1. */
export type AnatomyPart = { part: TurnPart; tokens: number | null; share: number | null }

/** An average turn taken apart: `tokens` is the sum of what is known, which the bar is drawn of. */
export type PreparedAnatomy = {
  parts: AnatomyPart[]
  tokens: number
  /** Tokens of the prompt that is drawn: the sum of its known parts, or the whole where no part is known. */
  promptTokens: number
  /** Of the prompt that no log takes apart: drawn as one piece; null where parts are known. */
  unknownPromptTokens: number | null
}

/**
 * An average turn as the pieces of a bar. A prompt that no request tells by part is one piece of its whole length; so a
 * bar is never shorter than the turn it stands for.
 */
export function prepareAnatomy(kind: AnatomyOfKind): PreparedAnatomy {
  const tokensOf = (part: TurnPart): number | null => {
    if (part === 'reasoning') return kind.reasoningTokens
    if (part === 'output') return kind.outputTokens
    return kind.parts?.[part] ?? null
  }
  const unknownPromptTokens = kind.parts === null ? (kind.averagePromptTokens ?? 0) : null
  const known = TURN_PARTS.map((part) => ({ part, tokens: tokensOf(part) }))
  const tokens = known.reduce((sum, part) => sum + (part.tokens ?? 0), unknownPromptTokens ?? 0)
  const completion = (kind.reasoningTokens ?? 0) + (kind.outputTokens ?? 0)
  return {
    parts: known.map((part) => ({
      ...part,
      share: part.tokens === null || tokens === 0 ? null : part.tokens / tokens,
    })),
    tokens,
    promptTokens: tokens - completion,
    unknownPromptTokens,
  }
}

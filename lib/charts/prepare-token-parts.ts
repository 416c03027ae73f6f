import { PROMPT_PARTS, type PromptPart } from '../records/vocabulary'
import type { TurnPart } from './part-colors'

/** Pieces that the tokens of a request are made of. */
export type TokenPart = TurnPart | 'cachedPrompt' | 'newPrompt' | 'prompt'

export type TokenUsage = {
  promptTokens: number | null
  cachedTokens: number | null
  completionTokens: number | null
  reasoningTokens: number | null
  promptParts: Record<PromptPart, number> | null
}

/**
 * The tokens of one request as pieces that sum to its total, the prompt's first; pieces without tokens are left out. The
 * prompt is split by its parts where its content was seen, else into cached and new where that is known. Null when
 * neither prompt nor completion is known.
 */
export function prepareTokenParts(
  usage: TokenUsage,
): { total: number; parts: { part: TokenPart; tokens: number; share: number }[] } | null {
  const { promptTokens, completionTokens, reasoningTokens } = usage
  if (promptTokens === null && completionTokens === null) return null
  const reasoning = reasoningTokens ?? 0
  const pieces: (readonly [TokenPart, number])[] = [
    ...promptPieces(usage),
    ['reasoning', reasoning],
    ['output', (completionTokens ?? 0) - reasoning],
  ]
  const total = pieces.reduce((sum, [, tokens]) => sum + tokens, 0)
  return {
    total,
    parts: pieces
      .filter(([, tokens]) => tokens > 0)
      .map(([part, tokens]) => ({ part, tokens, share: tokens / total })),
  }
}

function promptPieces({
  promptTokens,
  cachedTokens,
  promptParts,
}: TokenUsage): (readonly [TokenPart, number])[] {
  if (promptTokens === null) return []
  if (promptParts !== null) return PROMPT_PARTS.map((part) => [part, promptParts[part]] as const)
  if (cachedTokens === null) return [['prompt', promptTokens]]
  return [
    ['cachedPrompt', cachedTokens],
    ['newPrompt', promptTokens - cachedTokens],
  ]
}

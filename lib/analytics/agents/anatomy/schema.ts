import { z } from 'zod'
import { PROMPT_PARTS } from '../../../records/vocabulary'
import { windowParameters } from '../../../time/window-parameters'

/** `GET /api/agents/anatomy`. */
export const anatomyQuery = windowParameters.and(
  z.object({ format: z.enum(['json', 'csv'], { error: 'expected json or csv' }).default('json') }),
)
export type AnatomyQuery = z.infer<typeof anatomyQuery>

/** The average request of one caller kind, in tokens. Null = no request of the kind says so. */
export const anatomyOfKind = z.object({
  requests: z.number(),
  /** Requests whose tokens are known: the three averages below are over these. */
  tokensKnown: z.number(),
  averageTokens: z.number().nullable(),
  averagePromptTokens: z.number().nullable(),
  averageCompletionTokens: z.number().nullable(),
  /** Requests whose prompt is known by part; `parts` are averages over these. */
  partsKnown: z.number(),
  parts: z.record(z.enum(PROMPT_PARTS), z.number()).nullable(),
  /** The part of the average completion that is reasoning, as in the requests that say how much theirs was. */
  reasoningTokens: z.number().nullable(),
  /** The rest of the average completion; all of it while reasoning is not known. */
  outputTokens: z.number().nullable(),
  /** Cached ÷ prompt tokens of the requests whose cached tokens are known, 0–1. */
  cachedShare: z.number().nullable(),
})
export type AnatomyOfKind = z.infer<typeof anatomyOfKind>

export const anatomyAnswer = z.object({
  from: z.string(),
  to: z.string(),
  agentic: anatomyOfKind,
  human: anatomyOfKind,
  /** Average tokens of an agentic request ÷ those of a human one; null when either is unknown or people use none. */
  factor: z.number().nullable(),
})
export type AnatomyAnswer = z.infer<typeof anatomyAnswer>

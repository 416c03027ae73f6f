import { z } from 'zod'
import { CONTEXT_LENGTHS } from '../../../records/context-length'
import { windowParameters } from '../../../time/window-parameters'

/** `GET /api/agents/context-lengths`. */
export const contextLengthsQuery = windowParameters.and(
  z.object({ format: z.enum(['json', 'csv'], { error: 'expected json or csv' }).default('json') }),
)
export type ContextLengthsQuery = z.infer<typeof contextLengthsQuery>

/** Requests up to a length in prompt and completion tokens and above the length before it. */
export const contextLengthRow = z.object({
  contextLength: z.enum(CONTEXT_LENGTHS),
  requests: z.number(),
  agenticRequests: z.number(),
  humanRequests: z.number(),
  unknownRequests: z.number(),
  totalTokens: z.number(),
  /** Of the requests whose length is known, 0–1; null when there are none. */
  share: z.number().nullable(),
})
export type ContextLengthRow = z.infer<typeof contextLengthRow>

export const contextLengthsAnswer = z.object({
  from: z.string(),
  to: z.string(),
  /** Every class, shortest first, also those without requests. */
  rows: z.array(contextLengthRow),
  totals: z.object({
    requests: z.number(),
    /** Requests whose tokens are known, and with them their length. */
    lengthKnown: z.number(),
  }),
})
export type ContextLengthsAnswer = z.infer<typeof contextLengthsAnswer>

import { z } from 'zod'
import { windowParameters } from '../../time/window-parameters'
import { rankingRow } from '../rankings/schema'

export const useCasesQuery = windowParameters.and(
  z.object({ format: z.enum(['json', 'csv'], { error: 'expected json or csv' }).default('json') }),
)
export type UseCasesQuery = z.infer<typeof useCasesQuery>

/** A row of the ranking by use case; `unknown` are the requests without one, ranked like the others. */
export const useCaseRow = rankingRow.extend({
  agenticTokens: z.number(),
  /** Agentic tokens ÷ all tokens of the use case, 0–1; null without tokens. */
  agenticShare: z.number().nullable(),
  /** Null when no request's cost is known. */
  costUsd: z.number().nullable(),
})
export type UseCaseRow = z.infer<typeof useCaseRow>

export const useCasesAnswer = z.object({
  from: z.string(),
  to: z.string(),
  rows: z.array(useCaseRow),
  totals: z.object({
    totalTokens: z.number(),
    promptTokens: z.number(),
    completionTokens: z.number(),
    requests: z.number(),
    agenticShare: z.number().nullable(),
    /** Share of all tokens, and of all requests, that have a use case; null without any. */
    namedTokenShare: z.number().nullable(),
    namedRequestShare: z.number().nullable(),
  }),
})
export type UseCasesAnswer = z.infer<typeof useCasesAnswer>

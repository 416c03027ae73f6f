import { z } from 'zod'
import { windowParameters } from '../../../time/window-parameters'
import { limitUpTo } from '../../limit-parameter'

export const toolModelsQuery = windowParameters.and(
  z.object({
    /** Only the first rows; totals and shares still count all. */
    limit: limitUpTo(10_000).optional(),
    format: z.enum(['json', 'csv'], { error: 'expected json or csv' }).default('json'),
  }),
)
export type ToolModelsQuery = z.infer<typeof toolModelsQuery>

export const toolModelRow = z.object({
  /** 1 is the most tool calls; ties in order of key. */
  rank: z.number(),
  /** `author/slug`. */
  key: z.string(),
  toolCalls: z.number(),
  /** Requests with at least one tool call. */
  requestsWithCalls: z.number(),
  /** toolCalls ÷ requestsWithCalls; null without. */
  callsPerRequest: z.number().nullable(),
  /** Of all tool calls in the window, 0–1. */
  share: z.number(),
  previousToolCalls: z.number(),
  /** (now − before) ÷ before; null when there was nothing before. */
  change: z.number().nullable(),
  /** Rank in the preceding equal window; null when it called no tool there. */
  previousRank: z.number().nullable(),
})
export type ToolModelRow = z.infer<typeof toolModelRow>

/** `GET /api/tools/models`: models by tool calls. */
export const toolModelsAnswer = z.object({
  from: z.string(),
  to: z.string(),
  /** How many rows there are without `limit`. */
  rowCount: z.number(),
  rows: z.array(toolModelRow),
  totals: z.object({
    toolCalls: z.number(),
    requestsWithCalls: z.number(),
    previousToolCalls: z.number(),
  }),
})
export type ToolModelsAnswer = z.infer<typeof toolModelsAnswer>

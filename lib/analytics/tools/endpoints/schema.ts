import { z } from 'zod'
import { windowParameters } from '../../../time/window-parameters'
import { limitUpTo } from '../../limit-parameter'
import { callQuality } from '../call-quality-schema'

export const toolEndpointsQuery = windowParameters.and(
  z.object({
    limit: limitUpTo(10_000).default(50),
    format: z.enum(['json', 'csv'], { error: 'expected json or csv' }).default('json'),
  }),
)
export type ToolEndpointsQuery = z.infer<typeof toolEndpointsQuery>

export const toolEndpointRow = callQuality.extend({
  /** Canonical name, `author/slug`. */
  model: z.string(),
  /** Slug; `unknown` when the log names none. */
  provider: z.string(),
  providerName: z.string(),
})
export type ToolEndpointRow = z.infer<typeof toolEndpointRow>

/**
 * `GET /api/tools/endpoints`: model × provider with checked tool calls, worst error rate first, those with too small a
 * sample last.
 */
export const toolEndpointsAnswer = z.object({
  from: z.string(),
  to: z.string(),
  /** How many rows there are without `limit`. */
  rowCount: z.number(),
  rows: z.array(toolEndpointRow),
})
export type ToolEndpointsAnswer = z.infer<typeof toolEndpointsAnswer>

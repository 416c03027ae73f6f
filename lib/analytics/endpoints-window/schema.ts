import { z } from 'zod'
import { HEALTH_STATUSES } from '../../records/vocabulary'
import { windowParameters } from '../../time/window-parameters'
import { attemptFigures } from '../providers/schema'

export const endpointsWindowQuery = windowParameters.and(
  z.object({ format: z.enum(['json', 'csv'], { error: 'expected json or csv' }).default('json') }),
)

export const endpointWindowRow = attemptFigures.extend({
  endpointId: z.number(),
  model: z.string(),
  provider: z.string(),
  providerName: z.string(),
  /** Of the window's uptime. */
  status: z.enum(HEALTH_STATUSES),
  /** cached ÷ prompt tokens where cached ones are known, 0–1; null without. Source: design.md §5, "Cache hit rate". */
  cacheHitRate: z.number().nullable(),
  /** Cost ÷ tokens of the requests whose cost is known; null without. Source: design.md §5, "Effective price". */
  effectiveUsdPerMTok: z.number().nullable(),
  /** Attempts that finished with tool_calls ÷ attempts with tools offered; null without those. */
  toolUseRate: z.number().nullable(),
  /** Attempts with tools offered: the sample of `toolUseRate`. */
  toolsOffered: z.number(),
})
export type EndpointWindowRow = z.infer<typeof endpointWindowRow>

/** `GET /api/providers/:slug/endpoints`: the provider's endpoints with attempts in the window, worst first. */
export const endpointsWindowAnswer = z.object({
  from: z.string(),
  to: z.string(),
  rows: z.array(endpointWindowRow),
})
export type EndpointsWindowAnswer = z.infer<typeof endpointsWindowAnswer>

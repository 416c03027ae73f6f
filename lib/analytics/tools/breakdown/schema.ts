import { z } from 'zod'
import { windowParameters } from '../../../time/window-parameters'
import { limitUpTo } from '../../limit-parameter'
import { funnelFigures } from '../funnel/schema'
import { TOOL_SUBJECTS } from '../tool-subjects'

export const breakdownQuery = windowParameters.and(
  z.object({
    by: z.enum(TOOL_SUBJECTS, { error: `expected one of ${TOOL_SUBJECTS.join(', ')}` }).default('model'),
    /** Only the first rows; `totals` still counts all. */
    limit: limitUpTo(10_000).optional(),
    format: z.enum(['json', 'csv'], { error: 'expected json or csv' }).default('json'),
  }),
)
export type BreakdownQuery = z.infer<typeof breakdownQuery>

export const breakdownRow = funnelFigures.extend({
  /** `author/slug` of a model; slug of an author or provider; name of an app; `unknown` when the log names none. */
  key: z.string(),
  label: z.string(),
})
export type BreakdownRow = z.infer<typeof breakdownRow>

/** `GET /api/tools/breakdown`: most requests with known tools first, ties in order of key. */
export const breakdownAnswer = z.object({
  from: z.string(),
  to: z.string(),
  by: z.enum(TOOL_SUBJECTS),
  /** How many rows there are without `limit`. */
  rowCount: z.number(),
  rows: z.array(breakdownRow),
  totals: funnelFigures,
})
export type BreakdownAnswer = z.infer<typeof breakdownAnswer>

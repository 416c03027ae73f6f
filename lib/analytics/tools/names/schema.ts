import { z } from 'zod'
import { windowParameters } from '../../../time/window-parameters'
import { limitUpTo } from '../../limit-parameter'
import { badCalls, errorRate } from '../call-quality-schema'
import { TOOL_SORTS } from '../tool-sorts'

export const toolNamesQuery = windowParameters.and(
  z.object({
    sort: z.enum(TOOL_SORTS, { error: `expected one of ${TOOL_SORTS.join(', ')}` }).default('calls'),
    limit: limitUpTo(10_000).default(50),
    format: z.enum(['json', 'csv'], { error: 'expected json or csv' }).default('json'),
  }),
)
export type ToolNamesQuery = z.infer<typeof toolNamesQuery>

export const toolNameRow = errorRate.extend({
  tool: z.string(),
  /** Over all attempts, also those that failover hid. */
  calls: z.number(),
  /** Calls that could be checked: the sample of `errorRate`, which here counts calls, not attempts. */
  checkedCalls: z.number(),
  badCalls: z.number(),
  byClass: badCalls,
})
export type ToolNameRow = z.infer<typeof toolNameRow>

/**
 * `GET /api/tools/names`: tools by calls, or by error rate with those of too small a sample last. Tools are counted by
 * the hour, so `from` and `to` are widened to whole hours.
 */
export const toolNamesAnswer = z.object({
  from: z.string(),
  to: z.string(),
  /** How many rows there are without `limit`. */
  rowCount: z.number(),
  rows: z.array(toolNameRow),
})
export type ToolNamesAnswer = z.infer<typeof toolNamesAnswer>

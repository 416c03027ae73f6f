import { z } from 'zod'
import type { UsageMeasure } from '../../recorder/measures'
import type { FunnelSums } from './funnel-figures'

/** The measures of usage rollups that the tool funnel is made of. */
export const FUNNEL_MEASURES = [
  'requests',
  'tools_known',
  'tools_offered',
  'tools_used',
  'finished_by_tool_call',
] as const satisfies readonly UsageMeasure[]

/** The measures added up, as columns of a query over a usage source; each 0 without rows. */
export const FUNNEL_COLUMNS = FUNNEL_MEASURES.map(
  (name) => `coalesce(sum(${name}), 0)::float8 AS ${name}`,
).join(', ')

/** A row of FUNNEL_COLUMNS. */
export const funnelRow = z.object({
  requests: z.number(),
  tools_known: z.number(),
  tools_offered: z.number(),
  tools_used: z.number(),
  finished_by_tool_call: z.number(),
})

/** The sums in a row of FUNNEL_COLUMNS. */
export function toFunnelSums(row: z.infer<typeof funnelRow>): FunnelSums {
  return {
    requests: row.requests,
    toolsKnown: row.tools_known,
    toolsOffered: row.tools_offered,
    toolsUsed: row.tools_used,
    finishedByToolCall: row.finished_by_tool_call,
  }
}

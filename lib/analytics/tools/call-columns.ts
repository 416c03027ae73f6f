import { z } from 'zod'
import { ENDPOINT_TOOL_MEASURES } from '../../recorder/measures'
import type { CallSums } from './call-quality'

/** The measures of endpoint rollups that tell how tool calls went, added up, as columns of a query. */
export const CALL_COLUMNS = ENDPOINT_TOOL_MEASURES.map((name) => `sum(${name})::float8 AS ${name}`).join(', ')

/** A row of CALL_COLUMNS. */
export const callRow = z.object({
  tools_offered: z.number(),
  tool_call_attempts: z.number(),
  checked_tool_call_attempts: z.number(),
  bad_tool_call_attempts: z.number(),
  calls_invalid_json: z.number(),
  calls_unknown_name: z.number(),
  calls_schema_mismatch: z.number(),
})

/** The sums in a row of CALL_COLUMNS. */
export function toCallSums(row: z.infer<typeof callRow>): CallSums {
  return {
    toolsOffered: row.tools_offered,
    toolCallAttempts: row.tool_call_attempts,
    checkedToolCallAttempts: row.checked_tool_call_attempts,
    badToolCallAttempts: row.bad_tool_call_attempts,
    badCalls: {
      invalid_json: row.calls_invalid_json,
      unknown_name: row.calls_unknown_name,
      schema_mismatch: row.calls_schema_mismatch,
    },
  }
}

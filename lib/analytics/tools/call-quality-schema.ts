import { z } from 'zod'

/** Bad calls by what was wrong with them. */
export const badCalls = z.object({
  invalid_json: z.number(),
  unknown_name: z.number(),
  schema_mismatch: z.number(),
})

/** An error rate and its Wilson 95 % interval, 0–1; all null below 20 in the sample: not enough data. */
export const errorRate = z.object({
  errorRate: z.number().nullable(),
  errorRateLow: z.number().nullable(),
  errorRateHigh: z.number().nullable(),
})

/** Tool calls of some attempts. Source of the definitions: design.md §5. */
export const callQuality = errorRate.extend({
  /** Attempts that finished with tool_calls whose calls could be checked: what `errorRate` is taken of. */
  toolCallAttempts: z.number(),
  /** Of those, with at least one bad call. */
  badAttempts: z.number(),
  /** Bad calls, of which an attempt may have several. */
  byClass: badCalls,
  /** toolUseAttempts ÷ toolsOfferedAttempts, 0–1; null where no tools were offered. */
  toolUseRate: z.number().nullable(),
  /** Attempts with tools offered that finished with tool_calls. */
  toolUseAttempts: z.number(),
  /** Attempts with tools offered. */
  toolsOfferedAttempts: z.number(),
})

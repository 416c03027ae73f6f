/**
 * What a record may say, whatever format it came in; beyond it a value is a mistake of unit or clock, not a request.
 * Counts are per request, money is US dollars, durations and distances are milliseconds.
 */
export const RECORD_LIMITS = {
  /** Ten times the longest context anybody serves. */
  maxTokens: 100_000_000,
  maxDurationMs: 7 * 86_400_000,
  maxCostUsd: 1_000_000,
  /** No AI gateway kept logs before 2020. */
  earliestStartMs: Date.UTC(2020, 0, 1),
  /** Clocks may run ahead by an hour. */
  maxAheadMs: 3_600_000,
} as const

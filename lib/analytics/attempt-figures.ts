import { toolCallErrorRateOf, uptimeOf } from '../health/derive-health'
import type { ErrorsByClass } from '../health/schema'
import { histogramQuantiles } from '../recorder/histogram'
import { ENDPOINT_MEASURES, type EndpointHistogram, type EndpointMeasure } from '../recorder/measures'
import { isCountedError } from '../records/error-class'
import { ERROR_CLASSES } from '../records/vocabulary'

/** Attempts added up, in every measure that the rollups hold. */
export type AttemptMeasures = Record<EndpointMeasure, number>
/** As AttemptMeasures, with the distributions a page shows (lib/recorder/histogram.ts). */
export type AttemptSums = AttemptMeasures & {
  timeToFirstTokenMs: number[]
  tokensPerSecond: number[]
}

/** The columns that AttemptSums are read from. */
export const ATTEMPT_SUM_COLUMNS = [
  ...ENDPOINT_MEASURES,
  'time_to_first_token_ms',
  'tokens_per_second',
] as const satisfies readonly (EndpointMeasure | EndpointHistogram)[]

/** What pages say of some attempts. Shares and rates are 0–1; null = nothing or too little to say. */
export type AttemptFigures = {
  attempts: number
  ok: number
  errorsByClass: ErrorsByClass
  uptime: number | null
  rateLimitedShare: number | null
  latencyMsP50: number | null
  latencyMsP95: number | null
  tokensPerSecondP50: number | null
  toolCallAttempts: number
  badToolCallAttempts: number
  toolCallErrorRate: number | null
  requests: number
  totalTokens: number
  costUsd: number | null
}

// fromEntries widens its keys to string; they are exactly ENDPOINT_MEASURES.
const NOTHING = Object.fromEntries(ENDPOINT_MEASURES.map((name) => [name, 0])) as AttemptMeasures

/** Sums from a row of `readAttemptSums`: the measures in the order of ENDPOINT_MEASURES. */
export function toAttemptSums(row: {
  measures: readonly number[]
  timeToFirstTokenMs: number[]
  tokensPerSecond: number[]
}): AttemptSums {
  const measures = { ...NOTHING }
  for (const [index, name] of ENDPOINT_MEASURES.entries()) measures[name] = row.measures[index] ?? 0
  return { ...measures, timeToFirstTokenMs: row.timeToFirstTokenMs, tokensPerSecond: row.tokensPerSecond }
}

/** Sums of sums without their distributions; of none, all zero. */
export function addMeasures(all: readonly AttemptMeasures[]): AttemptMeasures {
  const total = { ...NOTHING }
  for (const one of all) for (const name of ENDPOINT_MEASURES) total[name] += one[name]
  return total
}

/** Sums of sums; of none, all zero. */
export function addAttemptSums(all: readonly AttemptSums[]): AttemptSums {
  return {
    ...addMeasures(all),
    timeToFirstTokenMs: all.flatMap((one) => one.timeToFirstTokenMs),
    tokensPerSecond: all.flatMap((one) => one.tokensPerSecond),
  }
}

/** Errors that uptime counts. Source of the definition: design.md §5, "Uptime". */
export function countedErrorsOf(sums: Pick<AttemptSums, (typeof ERROR_CLASSES)[number]>): number {
  return ERROR_CLASSES.reduce((sum, name) => sum + (isCountedError(name) ? sums[name] : 0), 0)
}

/** The error classes that occurred, in their order everywhere. */
export function errorsByClassOf(sums: Pick<AttemptSums, (typeof ERROR_CLASSES)[number]>): ErrorsByClass {
  const errors: ErrorsByClass = {}
  for (const name of ERROR_CLASSES) if (sums[name] > 0) errors[name] = sums[name]
  return errors
}

/**
 * Everything a page says of some attempts, derived from their sums. The cost is that of all, null while none is known;
 * requests and tokens are those of the attempts that decided their request.
 */
export function attemptFigures(sums: AttemptSums): AttemptFigures {
  const { attempts, ok } = sums
  const [latencyMsP50 = null, latencyMsP95 = null] = histogramQuantiles(sums.timeToFirstTokenMs, [0.5, 0.95])
  const [tokensPerSecondP50 = null] = histogramQuantiles(sums.tokensPerSecond, [0.5])
  const isCostKnown = sums.costed_tokens > 0 || sums.cost_micro_usd > 0
  return {
    attempts,
    ok,
    errorsByClass: errorsByClassOf(sums),
    uptime: uptimeOf({ attempts, ok, countedErrors: countedErrorsOf(sums) }),
    rateLimitedShare: attempts > 0 ? sums.rate_limited / attempts : null,
    latencyMsP50,
    latencyMsP95,
    tokensPerSecondP50,
    toolCallAttempts: sums.checked_tool_call_attempts,
    badToolCallAttempts: sums.bad_tool_call_attempts,
    toolCallErrorRate: toolCallErrorRateOf({
      checkedToolCallAttempts: sums.checked_tool_call_attempts,
      badToolCallAttempts: sums.bad_tool_call_attempts,
    }),
    requests: sums.deciding,
    totalTokens: sums.prompt_tokens + sums.completion_tokens,
    costUsd: isCostKnown ? sums.cost_micro_usd / 1_000_000 : null,
  }
}

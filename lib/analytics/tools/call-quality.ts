import { LEAST_ATTEMPTS } from '../../health/derive-health'
import { wilsonInterval } from '../../records/wilson-interval'
import type { BadCalls } from './bad-calls'

/** An error rate with its 95 % interval, all 0–1; all null while the sample is too small to say. */
export type ErrorRate = {
  errorRate: number | null
  errorRateLow: number | null
  errorRateHigh: number | null
}

/** Sums over the attempts of an endpoint, provider or model. */
export type CallSums = {
  toolsOffered: number
  toolCallAttempts: number
  checkedToolCallAttempts: number
  badToolCallAttempts: number
  badCalls: BadCalls
}

/** How well tool calls work, as people read it. */
export type CallQuality = ErrorRate & {
  /** Attempts whose tool calls could be checked: the sample of `errorRate`. */
  toolCallAttempts: number
  badAttempts: number
  byClass: BadCalls
  toolUseRate: number | null
  toolUseAttempts: number
  toolsOfferedAttempts: number
}

/**
 * `bad` ÷ `sample` with its Wilson 95 % interval; all null under 20.
 * Source of the definition: design.md §5, "Tool-call error rate of an endpoint".
 */
export function errorRateOf({ bad, sample }: { bad: number; sample: number }): ErrorRate {
  const interval = sample < LEAST_ATTEMPTS ? null : wilsonInterval({ hits: bad, sample })
  if (interval === null) return { errorRate: null, errorRateLow: null, errorRateHigh: null }
  return { errorRate: bad / sample, errorRateLow: interval.low, errorRateHigh: interval.high }
}

/**
 * Error rate and tool-use rate from sums of attempts; the tool-use rate is null where no tools were offered.
 * Source of the definitions: design.md §5, "Tool-call error rate of an endpoint", "Tool-use rate of an endpoint".
 */
export function callQuality(sums: CallSums): CallQuality {
  const { toolsOffered, toolCallAttempts, checkedToolCallAttempts, badToolCallAttempts, badCalls } = sums
  return {
    toolCallAttempts: checkedToolCallAttempts,
    badAttempts: badToolCallAttempts,
    ...errorRateOf({ bad: badToolCallAttempts, sample: checkedToolCallAttempts }),
    byClass: { ...badCalls },
    toolUseRate: toolsOffered > 0 ? toolCallAttempts / toolsOffered : null,
    toolUseAttempts: toolCallAttempts,
    toolsOfferedAttempts: toolsOffered,
  }
}

/** Sums of sums; of none, all zero. */
export function addCallSums(all: readonly CallSums[]): CallSums {
  const total = (read: (sums: CallSums) => number) => all.reduce((sum, one) => sum + read(one), 0)
  return {
    toolsOffered: total((one) => one.toolsOffered),
    toolCallAttempts: total((one) => one.toolCallAttempts),
    checkedToolCallAttempts: total((one) => one.checkedToolCallAttempts),
    badToolCallAttempts: total((one) => one.badToolCallAttempts),
    badCalls: {
      invalid_json: total((one) => one.badCalls.invalid_json),
      unknown_name: total((one) => one.badCalls.unknown_name),
      schema_mismatch: total((one) => one.badCalls.schema_mismatch),
    },
  }
}

/**
 * In the order somebody looking for the culprit wants: highest error rate first; those with too small a sample after
 * all that are judged, largest sample first; then by name.
 */
export function compareWorstFirst(
  a: { errorRate: number | null; sample: number; name: string },
  b: { errorRate: number | null; sample: number; name: string },
): number {
  return (b.errorRate ?? -1) - (a.errorRate ?? -1) || b.sample - a.sample || compareText(a.name, b.name)
}

/** Same order on every machine, whatever its locale. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

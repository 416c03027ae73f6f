import { histogramQuantiles } from '../recorder/histogram'
import type { Percentiles } from './endpoint-health'
import type { EndpointHealthView } from './schema'

/** Attempts of one endpoint in a window; `countedErrors` are those that uptime counts (lib/records/error-class.ts). */
export type AttemptCounts = { attempts: number; ok: number; countedErrors: number }

/** What the rollups hold of an endpoint's last day, as sums that everything else is derived from. */
export type EndpointHealthSums = {
  last5Minutes: AttemptCounts
  last30Minutes: AttemptCounts
  lastDay: AttemptCounts
  /** Attempts of the last day with tool calls that could be checked, and those of them with a bad call. */
  checkedToolCallAttempts: number
  badToolCallAttempts: number
  /** Histogram entries (lib/recorder/histogram.ts), each bin once. */
  timeToFirstTokenMs5Minutes: number[]
  timeToFirstTokenMs30Minutes: number[]
  tokensPerSecond5Minutes: number[]
  tokensPerSecond30Minutes: number[]
}

/** Below that many attempts a rate says nothing. Source: design.md §5. */
export const LEAST_ATTEMPTS = 20

const HEALTHY_FROM = 0.95
const DEGRADED_FROM = 0.8

const NO_ATTEMPTS: AttemptCounts = { attempts: 0, ok: 0, countedErrors: 0 }

/** The sums of an endpoint nobody has called. */
export const NO_HEALTH_SUMS: EndpointHealthSums = {
  last5Minutes: NO_ATTEMPTS,
  last30Minutes: NO_ATTEMPTS,
  lastDay: NO_ATTEMPTS,
  checkedToolCallAttempts: 0,
  badToolCallAttempts: 0,
  timeToFirstTokenMs5Minutes: [],
  timeToFirstTokenMs30Minutes: [],
  tokensPerSecond5Minutes: [],
  tokensPerSecond30Minutes: [],
}

/**
 * Uptime = ok ÷ (ok + errors), 0–1; null while fewer than 20 attempts count.
 * Source of the definition: design.md §5, "Uptime".
 */
export function uptimeOf({ ok, countedErrors }: AttemptCounts): number | null {
  const counted = ok + countedErrors
  return counted < LEAST_ATTEMPTS ? null : ok / counted
}

/**
 * Errors and rate limits ÷ all tries but those that were the client's own fault, 0–1: of the last five minutes, where
 * too few of the last 30, of which only errors are known; null under 20 tries. Source: design.md §6.
 */
export function failureShareOf(counts: {
  '5m': AttemptCounts
  '30m': AttemptCounts
  rateLimited5m: number
}): number | null {
  const failures = counts['5m'].countedErrors + counts.rateLimited5m
  const tries = counts['5m'].ok + failures
  if (tries >= LEAST_ATTEMPTS) return failures / tries
  const uptime = uptimeOf(counts['30m'])
  return uptime === null ? null : 1 - uptime
}

/** What an uptime means. Source of the definition: design.md §5, "Status". */
export function statusOf(uptime: number | null): EndpointHealthView['status'] {
  if (uptime === null) return 'unknown'
  if (uptime >= HEALTHY_FROM) return 'healthy'
  return uptime >= DEGRADED_FROM ? 'degraded' : 'down'
}

/**
 * Attempts with a bad tool call ÷ attempts whose tool calls could be checked, 0–1; null under 20 of them.
 * Source of the definition: design.md §5, "Tool-call error rate of an endpoint".
 */
export function toolCallErrorRateOf(
  sums: Pick<EndpointHealthSums, 'checkedToolCallAttempts' | 'badToolCallAttempts'>,
): number | null {
  if (sums.checkedToolCallAttempts < LEAST_ATTEMPTS) return null
  return sums.badToolCallAttempts / sums.checkedToolCallAttempts
}

/** Quantiles of histogram entries in the unit that was counted, within 2 %, nearest rank; null without entries. */
export function percentilesOf(entries: readonly number[]): Percentiles | null {
  const [p50, p75, p90, p99] = histogramQuantiles(entries, [0.5, 0.75, 0.9, 0.99])
  if (p50 == null || p75 == null || p90 == null || p99 == null) return null
  return { p50, p75, p90, p99 }
}

/** An endpoint's health as the API shows it: the last 30 minutes, and tool calls of the last day. */
export function toHealthView(sums: EndpointHealthSums): EndpointHealthView {
  const uptime30m = uptimeOf(sums.last30Minutes)
  return {
    uptime30m,
    latencyMsP50: percentilesOf(sums.timeToFirstTokenMs30Minutes)?.p50 ?? null,
    tokensPerSecondP50: percentilesOf(sums.tokensPerSecond30Minutes)?.p50 ?? null,
    toolCallErrorRate: toolCallErrorRateOf(sums),
    toolCallAttempts: sums.checkedToolCallAttempts,
    attempts30m: sums.last30Minutes.attempts,
    status: statusOf(uptime30m),
  }
}

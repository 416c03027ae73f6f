import type { Compared, OverviewAnswer } from './schema'

/** Sums over the requests of a window. */
export type OverviewSums = {
  requests: number
  requestsOk: number
  requestsError: number
  totalTokens: number
  /** Of chats and completions, and of these the agentic ones. */
  textTokens: number
  agenticTokens: number
  /** Requests whose cost is known. */
  costKnown: number
  costMicroUsd: number
  /** Chats and completions whose tools are known, and of those the ones that offered, used and ended by one. */
  toolsKnown: number
  toolsOffered: number
  toolsUsed: number
  finishedByToolCall: number
}

/** The headline numbers from the sums of a window and of the one before; null = no requests there. */
export function summarize(
  now: OverviewSums | null,
  before: OverviewSums | null,
): Omit<OverviewAnswer, 'from' | 'to' | 'newestRequestAt'> {
  return {
    requests: compareAmounts(now?.requests ?? 0, before?.requests ?? 0),
    totalTokens: compareAmounts(now?.totalTokens ?? 0, before?.totalTokens ?? 0),
    costUsd: compareAmounts(costUsd(now), costUsd(before)),
    successRate: compareRatios(successRate(now), successRate(before)),
    agenticShare: compareRatios(agenticShare(now), agenticShare(before)),
    finishedByToolCallShare: compareRatios(finishedByToolCallShare(now), finishedByToolCallShare(before)),
    toolsOfferedShare: now ? ratio(now.toolsOffered, now.toolsKnown) : null,
    toolsUsedShare: now ? ratio(now.toolsUsed, now.toolsOffered) : null,
    costKnownShare: now ? ratio(now.costKnown, now.requests) : null,
  }
}

function costUsd(sums: OverviewSums | null): number | null {
  return sums && sums.costKnown > 0 ? sums.costMicroUsd / 1_000_000 : null
}

/** ok ÷ (ok + errors), so rate limits, invalid requests, refusals and cancellations count for neither. */
function successRate(sums: OverviewSums | null): number | null {
  return sums ? ratio(sums.requestsOk, sums.requestsOk + sums.requestsError) : null
}

function agenticShare(sums: OverviewSums | null): number | null {
  return sums ? ratio(sums.agenticTokens, sums.textTokens) : null
}

function finishedByToolCallShare(sums: OverviewSums | null): number | null {
  return sums ? ratio(sums.finishedByToolCall, sums.toolsKnown) : null
}

function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null
}

/** Change of an amount, relative to what it was. */
function compareAmounts(value: number | null, previous: number | null): Compared {
  const isComparable = value !== null && previous !== null && previous > 0
  return { value, previous, change: isComparable ? (value - previous) / previous : null }
}

/** A ratio beside the one before; its change is in points: 0.80 → 0.84 is 0.04. Null when either is unknown. */
export function compareRatios(value: number | null, previous: number | null): Compared {
  return { value, previous, change: value !== null && previous !== null ? value - previous : null }
}

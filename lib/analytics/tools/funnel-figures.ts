/** Requests of a window or bucket, counted along the tool funnel. */
export type FunnelSums = {
  /** All of them, also those whose tools are not known. */
  requests: number
  toolsKnown: number
  toolsOffered: number
  toolsUsed: number
  finishedByToolCall: number
}

/** The tool funnel as people read it. Shares are 0–1; null = there is nothing to take a share of. */
export type FunnelFigures = {
  requests: number
  offered: number
  used: number
  finishedByToolCall: number
  offeredShare: number | null
  usedShare: number | null
  finishedShare: number | null
  unknownRequests: number
}

/**
 * The funnel offered → used → finished by tool call. `requests` are those whose tools are known; the others are in no
 * share and are counted as `unknownRequests`. Source of the definition: design.md §5, "Tool funnel".
 */
export function funnelFigures(sums: FunnelSums): FunnelFigures {
  const { requests, toolsKnown, toolsOffered, toolsUsed, finishedByToolCall } = sums
  return {
    requests: toolsKnown,
    offered: toolsOffered,
    used: toolsUsed,
    finishedByToolCall,
    offeredShare: shareOf(toolsOffered, toolsKnown),
    usedShare: shareOf(toolsUsed, toolsOffered),
    finishedShare: shareOf(finishedByToolCall, toolsKnown),
    unknownRequests: requests - toolsKnown,
  }
}

/** Sums of sums; of none, all zero. */
export function addFunnelSums(all: readonly FunnelSums[]): FunnelSums {
  const total = (read: (sums: FunnelSums) => number) => all.reduce((sum, one) => sum + read(one), 0)
  return {
    requests: total((one) => one.requests),
    toolsKnown: total((one) => one.toolsKnown),
    toolsOffered: total((one) => one.toolsOffered),
    toolsUsed: total((one) => one.toolsUsed),
    finishedByToolCall: total((one) => one.finishedByToolCall),
  }
}

function shareOf(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null
}

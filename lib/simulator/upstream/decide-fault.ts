import { drawFor } from '../../platform/random'
import { type FaultProfile, REQUEST_FAULTS, type RequestFault, TOOL_FAULTS, type ToolFault } from './schema'

/** Draws of one request in [0, 1), one for each thing that may go wrong, so that one rate never shifts another. */
export type FaultDraws = { request: number; refusal: number; tools: number }

/** What is to go wrong with a request: as a whole, or with the tool call it will make, if it makes one. */
export type FaultDecision = { request: RequestFault | 'refuse_tools' | null; tools: ToolFault | null }

/** The draws of request number `count` of a provider with this seed. */
export function drawFaults({ seed, count }: { seed: number; count: number }): FaultDraws {
  return {
    request: drawFor(seed, 31, count),
    refusal: drawFor(seed, 32, count),
    tools: drawFor(seed, 33, count),
  }
}

/**
 * Whether and how a request fails. The draw goes through the rates in the order of `REQUEST_FAULTS` and falls on the
 * first whose running sum exceeds it; a request that brings tools may also be refused for that.
 */
export function decideFault({
  faults,
  draws,
  hasTools,
}: {
  faults: FaultProfile['faults']
  draws: FaultDraws
  hasTools: boolean
}): FaultDecision {
  const request = fall(REQUEST_FAULTS, faults, draws.request)
  const isRefused = hasTools && draws.refusal < (faults.refuse_tools ?? 0)
  return {
    request: request ?? (isRefused ? 'refuse_tools' : null),
    tools: fall(TOOL_FAULTS, faults, draws.tools),
  }
}

function fall<K extends RequestFault | ToolFault>(
  kinds: readonly K[],
  faults: FaultProfile['faults'],
  draw: number,
): K | null {
  let left = draw
  for (const kind of kinds) {
    left -= faults[kind] ?? 0
    if (left < 0) return kind
  }
  return null
}

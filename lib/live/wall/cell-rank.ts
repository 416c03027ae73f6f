import type { CurrentHealth } from '../../health/schema'
import type { LiveEndpoint } from '../schema'

/** How urgent a cell is, most urgent first. An error shows even where traffic is too little for a status. */
export const CELL_RANKS = ['down', 'degraded', 'unknown_with_errors', 'healthy', 'unknown'] as const
export type CellRank = (typeof CELL_RANKS)[number]

/** The rank of an endpoint; one the stream has not named has had no traffic. */
export function cellRank(endpoint: CurrentHealth | undefined): CellRank {
  if (endpoint === undefined) return 'unknown'
  if (endpoint.status === 'unknown' && endpoint.countedErrors5m > 0) return 'unknown_with_errors'
  return endpoint.status
}

/** Whether somebody should look at it now. */
export function isFailing(endpoint: CurrentHealth | undefined): boolean {
  const rank = cellRank(endpoint)
  return rank === 'down' || rank === 'degraded' || rank === 'unknown_with_errors'
}

/** The uptime its status was judged by, 0–1; null while traffic is too little. */
export function judgedUptime(endpoint: CurrentHealth): number | null {
  switch (endpoint.statusWindow) {
    case '5m':
      return endpoint.uptime5m
    case '30m':
      return endpoint.uptime30m
    case '1d':
      return endpoint.uptime1d
    case null:
      return null
  }
}

/**
 * Order by urgency: rank, then more errors in five minutes, since a busy provider that fails hurts more than a quiet one
 * at 0 %; then lower uptime. 0 when equally urgent.
 */
export function compareUrgency(left: CurrentHealth | undefined, right: CurrentHealth | undefined): number {
  const byRank = CELL_RANKS.indexOf(cellRank(left)) - CELL_RANKS.indexOf(cellRank(right))
  if (byRank !== 0 || left === undefined || right === undefined) return byRank
  const byErrors = right.countedErrors5m - left.countedErrors5m
  return byErrors || (judgedUptime(left) ?? 2) - (judgedUptime(right) ?? 2)
}

/** Endpoints whose counted errors of five minutes are more than before: an error has just come in. */
export function withGrownErrors(
  before: ReadonlyMap<number, LiveEndpoint>,
  after: ReadonlyMap<number, LiveEndpoint>,
): number[] {
  if (before === after) return []
  const grown: number[] = []
  for (const [endpointId, endpoint] of after) {
    const earlier = before.get(endpointId)
    if (earlier !== endpoint && endpoint.countedErrors5m > (earlier?.countedErrors5m ?? 0)) {
      grown.push(endpointId)
    }
  }
  return grown
}

import type { HealthStatus } from '../../records/vocabulary'
import type { LiveEndpoint } from '../schema'
import { CELL_RANKS, cellRank, compareUrgency } from './cell-rank'

export const WALL_ORDERS = ['worst', 'name'] as const
export type WallOrder = (typeof WALL_ORDERS)[number]

export type WallEndpoint = {
  endpointId: number
  /** `author/slug`, and what people call it. */
  model: string
  modelName: string
  /** Slug, and what people call it. */
  provider: string
  providerName: string
}

/** The cells of one provider, in the order they are drawn. */
export type WallGroup = { provider: string; providerName: string; endpoints: WallEndpoint[] }

/**
 * The wall's cells by provider. `worst` puts what is most urgent first, among providers and within each; `name` is
 * alphabetical. Without `statuses` all are shown.
 */
export function groupCells({
  directory,
  live,
  order,
  statuses,
}: {
  /** In the order of provider and model by name. */
  directory: readonly WallEndpoint[]
  live: ReadonlyMap<number, LiveEndpoint>
  order: WallOrder
  statuses: readonly HealthStatus[]
}): WallGroup[] {
  const groups = new Map<string, WallGroup>()
  for (const endpoint of directory) {
    const status = live.get(endpoint.endpointId)?.status ?? 'unknown'
    if (statuses.length > 0 && !statuses.includes(status)) continue
    const group = groups.get(endpoint.provider)
    if (group) group.endpoints.push(endpoint)
    else {
      const { provider, providerName } = endpoint
      groups.set(provider, { provider, providerName, endpoints: [endpoint] })
    }
  }
  const named = [...groups.values()]
  return order === 'name' ? named : worstFirst(named, live)
}

/** One text that changes when the order of the wall would: each cell's rank. */
export function rankSignature(
  directory: readonly WallEndpoint[],
  live: ReadonlyMap<number, LiveEndpoint>,
): string {
  return directory.map(({ endpointId }) => CELL_RANKS.indexOf(cellRank(live.get(endpointId)))).join('')
}

/** Sorting is stable, so what is equally urgent stays in the order of its name. */
function worstFirst(groups: readonly WallGroup[], live: ReadonlyMap<number, LiveEndpoint>): WallGroup[] {
  return groups
    .map((group) => ({
      ...group,
      endpoints: [...group.endpoints].sort((left, right) =>
        compareUrgency(live.get(left.endpointId), live.get(right.endpointId)),
      ),
    }))
    .map((group) => ({ group, failing: ranksOf(group, live) }))
    .sort((left, right) => compareRanks(left.failing, right.failing))
    .map(({ group }) => group)
}

/** Which part of a group's cells has each rank, most urgent first. */
function ranksOf({ endpoints }: WallGroup, live: ReadonlyMap<number, LiveEndpoint>): number[] {
  const counts = CELL_RANKS.map(() => 0)
  for (const { endpointId } of endpoints) {
    const index = CELL_RANKS.indexOf(cellRank(live.get(endpointId)))
    counts[index] = (counts[index] ?? 0) + 1
  }
  return counts.map((count) => count / endpoints.length)
}

/** The larger part of more urgent cells goes first; healthy cells go before those without traffic. */
function compareRanks(left: readonly number[], right: readonly number[]): number {
  for (const [index, share] of left.entries()) {
    const difference = (right[index] ?? 0) - share
    if (difference !== 0) return difference
  }
  return 0
}

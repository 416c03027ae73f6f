import { currentHealthOf, isSameHealth, NO_HEALTH, type WindowCounts } from '../health/current-health'
import type { CurrentHealth } from '../health/schema'
import { HEALTH_STATUSES, type HealthStatus } from '../records/vocabulary'
import type { BoardVersions } from './board-versions'

/** Something whose health is told: an endpoint or a provider. `changedAt` = version from which on it is as it is. */
export type Told = { health: CurrentHealth; changedAt: number }

type StatusCounts = Record<HealthStatus, number>

/** The health of every endpoint and provider as it was last told, by key, and how many have each status. */
export type BoardHealth = {
  endpoints: readonly Told[]
  providers: readonly Told[]
  statuses: () => { endpoints: StatusCounts; providers: StatusCounts; changedAt: number }
  /** The next endpoint key: told once it has had an attempt. */
  addEndpoint: () => void
  /** The next provider key: told with the next version, attempts or not. */
  addProvider: () => void
  /** Tells a provider again with the next version: something else of it changed. */
  tellProvider: (key: number) => void
  judgeEndpoint: (key: number, counts: WindowCounts) => void
  judgeProvider: (key: number, counts: WindowCounts) => void
  countStatuses: () => void
}

/** Nobody's health; what changes is told with the next of `versions`. */
export function createBoardHealth(versions: BoardVersions): BoardHealth {
  const endpoints: Told[] = []
  const providers: Told[] = []
  let statuses = { endpoints: countsOf([]), providers: countsOf([]), changedAt: 0 }

  function judge(told: Told | undefined, counts: WindowCounts): void {
    if (!told) return
    const health = currentHealthOf(counts)
    if (isSameHealth(health, told.health)) return
    told.health = health
    told.changedAt = versions.next()
  }

  return {
    endpoints,
    providers,
    statuses: () => statuses,
    addEndpoint: () => endpoints.push({ health: NO_HEALTH, changedAt: 0 }),
    addProvider: () => providers.push({ health: NO_HEALTH, changedAt: versions.current() + 1 }),
    tellProvider: (key) => {
      const told = providers[key]
      if (told) told.changedAt = versions.next()
    },
    judgeEndpoint: (key, counts) => judge(endpoints[key], counts),
    judgeProvider: (key, counts) => judge(providers[key], counts),
    countStatuses: () => {
      const next = { endpoints: countsOf(endpoints), providers: countsOf(providers) }
      const isSame = HEALTH_STATUSES.every(
        (status) =>
          next.endpoints[status] === statuses.endpoints[status] &&
          next.providers[status] === statuses.providers[status],
      )
      if (!isSame) statuses = { ...next, changedAt: versions.next() }
    },
  }
}

function countsOf(all: readonly Told[]): StatusCounts {
  const counts: StatusCounts = { healthy: 0, degraded: 0, down: 0, unknown: 0 }
  for (const { health } of all) counts[health.status] += 1
  return counts
}

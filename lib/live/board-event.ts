import { isSameHealth, NO_HEALTH } from '../health/current-health'
import { readMinute, WIDTH } from './attempt-counts'
import type { BoardHealth, Told } from './board-health'
import type { BoardKeys } from './board-keys'
import { ALL, type BoardLedgers } from './board-ledgers'
import type { BoardVersions } from './board-versions'
import type { Ledger } from './ledger'
import type { LiveEndpoint, LiveEvent, LiveMinute, LiveProvider } from './schema'

type Board = {
  keys: BoardKeys
  versions: BoardVersions
  ledgers: BoardLedgers
  health: BoardHealth
  readAtMs: number
}
type Wanted = { since: number | null; provider: string | undefined }

/**
 * What changed on a board since a version, null when nothing did; with `since` null everything. `provider` (a slug)
 * leaves out other providers and their endpoints; totals stay those of all.
 */
export function boardEvent(board: Board, wanted: Wanted): LiveEvent | null {
  const { since } = wanted
  const statuses = board.health.statuses()
  const endpoints = toldEndpoints(board, wanted)
  const providers = toldProviders(board, wanted)
  const minutes = toldMinutes({
    since,
    ledger: board.ledgers.all,
    key: ALL,
    changed: board.versions.minutesSince(since ?? 0, 'all'),
  })
  const isAnything =
    since === null || endpoints.length + providers.length + minutes.length > 0 || statuses.changedAt > since
  if (!isAnything) return null
  return {
    at: new Date(board.readAtMs).toISOString(),
    endpoints,
    providers,
    totals: { minutes, endpointsByStatus: statuses.endpoints, providersByStatus: statuses.providers },
  }
}

function toldEndpoints({ keys, health }: Board, { since, provider }: Wanted): LiveEndpoint[] {
  const onlyKey = provider === undefined ? null : (keys.ofProvider(provider) ?? -1)
  const isTold = (told: Told) =>
    since === null ? !isSameHealth(told.health, NO_HEALTH) : told.changedAt > since
  return health.endpoints.flatMap((told, key) => {
    const isAsked = isTold(told) && (onlyKey === null || onlyKey === keys.providerOf[key])
    return isAsked ? [{ endpointId: keys.endpointIds[key] ?? 0, ...told.health }] : []
  })
}

function toldProviders(
  { keys, versions, ledgers, health }: Board,
  { since, provider }: Wanted,
): LiveProvider[] {
  return keys.providerSlugs.flatMap((slug, key) => {
    const told = health.providers[key]
    if (!told || (provider !== undefined && provider !== slug)) return []
    const changed = versions.minutesSince(since ?? 0, { providerKey: key })
    const minutes = toldMinutes({ since, ledger: ledgers.provider, key, changed })
    const isTold = since === null || minutes.length > 0 || told.changedAt > since
    return isTold ? [{ provider: slug, name: keys.providerNames[key] ?? slug, ...told.health, minutes }] : []
  })
}

/** Changed minutes as they stand now; without a version to resume only those with an attempt. */
function toldMinutes({
  since,
  ledger,
  key,
  changed,
}: {
  since: number | null
  ledger: Ledger
  key: number
  changed: readonly number[]
}): LiveMinute[] {
  return changed
    .map((minuteMs) => readMinute(ledger.minutes.get(minuteMs), key * WIDTH, minuteMs))
    .filter((minute) => since !== null || minute.attempts > 0)
}

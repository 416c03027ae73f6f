import { floorToBucket, GRANULARITY_MS } from '../platform/time-buckets'
import { AT, type MinuteRow, readMinute, WIDTH, writeCounts } from './attempt-counts'
import {
  type CurrentHealth,
  currentHealthOf,
  isSameHealth,
  NO_HEALTH,
  type WindowCounts,
} from './current-health'
import {
  addToDay,
  createLedger,
  DAY_AT,
  DAY_WIDTH,
  dayOf,
  KEPT_MINUTES,
  type Ledger,
  minuteOf,
  windowCountsOf,
} from './ledger'
import { HEALTH_STATUSES, type HealthStatus, type LiveEvent, type LiveMinute } from './schema'

const MINUTE_MS = GRANULARITY_MS.minute
/** The totals' only key. */
const ALL = 0

/** Attempts of one endpoint in the day that ends with the running hour. */
export type DayRow = {
  endpointId: number
  attempts: number
  ok: number
  countedErrors: number
  checkedToolCallAttempts: number
  badToolCallAttempts: number
}

/** What one statement read: some minutes completely (an endpoint without a row had no attempt), and maybe the day. */
export type BoardRead = {
  nowMs: number
  /** The minutes that the rows tell, half-open, on whole minutes. */
  fromMs: number
  toMs: number
  minutes: readonly MinuteRow[]
  day: readonly DayRow[] | null
}

/** What the day tells of an endpoint besides its uptime. */
export type DayToolCalls = { checkedToolCallAttempts: number; badToolCallAttempts: number }

export type EndpointBoard = {
  /** Takes in what a read told; values replace what stood there, so reads may repeat and overlap. */
  apply: (read: BoardRead) => void
  /** Names endpoints and their providers (slugs); those it knows stay as they are. */
  addEndpoints: (endpoints: readonly { endpointId: number; provider: string }[]) => void
  /** Whether an endpoint has been named. */
  knows: (endpointId: number) => boolean
  /** Counts up by one with each `apply` that changed anything that can be seen. */
  version: () => number
  /** Whether `event` can tell what changed since a version: not after half an hour, when no minute is left of it. */
  isResumable: (version: number) => boolean
  /**
   * What changed since a version, null when nothing did; with `since` null everything. `provider` leaves out other
   * providers and their endpoints; totals stay those of all.
   */
  event: (options: { since: number | null; provider?: string | undefined }) => LiveEvent | null
  /** An endpoint's attempts over each window and its tool calls of the day; null when it is not known. */
  countsOf: (endpointId: number) => (WindowCounts & DayToolCalls) | null
}

/** Something whose health is told: an endpoint or a provider. `changedAt` = version from which on it is as it is. */
type Told = { health: CurrentHealth; changedAt: number }

/**
 * How all endpoints are doing, kept in memory from what the rollups say: attempts by minute over the last half hour and
 * their sums over a day, by endpoint, by provider and in all. Pure: it knows no clock but that of its reads.
 * Minutes ahead of the clock wait until it gets there.
 */
export function createEndpointBoard(): EndpointBoard {
  const keyOf = new Map<number, number>()
  const endpointIds: number[] = []
  const providerOf: number[] = []
  const providerKeys = new Map<string, number>()
  const endpoints: Told[] = []
  const providers: Told[] = []
  const ledgers = { endpoint: createLedger(), provider: createLedger(), all: createLedger() }
  /** By minute: version at which it last changed, of each provider and of the totals. */
  const changedMinutes = new Map<number, { providers: Map<number, number>; all: number }>()
  const statusCounts = { endpoints: countStatuses([]), providers: countStatuses([]), changedAt: 0 }
  /** The version as each minute began, for the half hour that can be resumed. */
  const marks: { minuteMs: number; version: number }[] = []
  const dirty = new Set<number>()
  let readAtMs = 0
  let lastMinuteMs = Number.NEGATIVE_INFINITY
  let version = 0
  let isChanged = false

  function addEndpoints(added: readonly { endpointId: number; provider: string }[]): void {
    for (const { endpointId, provider } of added) {
      if (keyOf.has(endpointId)) continue
      const providerKey = providerKeys.get(provider) ?? providers.length
      if (providerKey === providers.length) {
        providerKeys.set(provider, providerKey)
        providers.push({ health: NO_HEALTH, changedAt: version + 1 })
      }
      keyOf.set(endpointId, endpoints.length)
      dirty.add(endpoints.length)
      endpointIds.push(endpointId)
      providerOf.push(providerKey)
      endpoints.push({ health: NO_HEALTH, changedAt: 0 })
    }
  }

  function apply(read: BoardRead): void {
    readAtMs = Math.max(readAtMs, read.nowMs)
    advance(floorToBucket(readAtMs, 'minute'))
    const rowsByMinute = new Map<number, MinuteRow[]>()
    for (const row of read.minutes) {
      const rows = rowsByMinute.get(row.minuteMs)
      if (rows) rows.push(row)
      else rowsByMinute.set(row.minuteMs, [row])
    }
    const oldestMs = lastMinuteMs - (KEPT_MINUTES - 1) * MINUTE_MS
    for (let minuteMs = Math.max(read.fromMs, oldestMs); minuteMs < read.toMs; minuteMs += MINUTE_MS) {
      replaceMinute(minuteMs, rowsByMinute.get(minuteMs) ?? [])
    }
    if (read.day) replaceDay(read.day)
    settle()
  }

  /** Lets minutes go that have left the half hour, and shows those that the clock has reached. */
  function advance(minuteMs: number): void {
    if (minuteMs <= lastMinuteMs) return
    const oldestMs = minuteMs - (KEPT_MINUTES - 1) * MINUTE_MS
    for (const ledger of Object.values(ledgers)) {
      for (const kept of ledger.minutes.keys()) if (kept < oldestMs) ledger.minutes.delete(kept)
    }
    for (const kept of changedMinutes.keys()) if (kept < oldestMs) changedMinutes.delete(kept)
    for (const [kept, counts] of ledgers.provider.minutes) {
      if (kept <= lastMinuteMs || kept > minuteMs) continue
      for (let key = 0; key < providers.length; key++) {
        if ((counts[key * WIDTH + AT.attempts] ?? 0) > 0) noteMinute(kept, key)
      }
    }
    lastMinuteMs = minuteMs
    for (let key = 0; key < endpoints.length; key++) dirty.add(key)
    marks.push({ minuteMs, version })
    while ((marks[0]?.minuteMs ?? minuteMs) <= minuteMs - KEPT_MINUTES * MINUTE_MS) marks.shift()
  }

  function noteMinute(minuteMs: number, providerKey: number): void {
    const changed = changedMinutes.get(minuteMs) ?? { providers: new Map<number, number>(), all: 0 }
    changedMinutes.set(minuteMs, changed)
    changed.providers.set(providerKey, version + 1)
    changed.all = version + 1
    isChanged = true
  }

  function replaceMinute(minuteMs: number, rows: readonly MinuteRow[]): void {
    if (rows.length === 0 && !ledgers.endpoint.minutes.has(minuteMs)) return
    const next = new Uint32Array(endpoints.length * WIDTH)
    for (const row of rows) {
      const key = keyOf.get(row.endpointId)
      if (key !== undefined) writeCounts(next, key * WIDTH, row)
    }
    const before = minuteOf(ledgers.endpoint, minuteMs, endpoints.length)
    const ofProviders = minuteOf(ledgers.provider, minuteMs, providers.length)
    const ofAll = minuteOf(ledgers.all, minuteMs, 1)
    const day = dayOf(ledgers.endpoint, endpoints.length)
    const providerDay = dayOf(ledgers.provider, providers.length)
    for (let key = 0; key < endpoints.length; key++) {
      const at = key * WIDTH
      if (!differs(before, next, at)) continue
      const providerKey = providerOf[key] ?? 0
      const difference = (count: number) => (next[at + count] ?? 0) - (before[at + count] ?? 0)
      for (let count = 0; count < WIDTH; count++) {
        addTo(ofProviders, providerKey * WIDTH + count, difference(count))
        addTo(ofAll, ALL + count, difference(count))
      }
      addToDay(day, key, difference)
      addToDay(providerDay, providerKey, difference)
      dirty.add(key)
      if (minuteMs <= lastMinuteMs) noteMinute(minuteMs, providerKey)
    }
    ledgers.endpoint.minutes.set(minuteMs, next)
  }

  function replaceDay(rows: readonly DayRow[]): void {
    const next = new Uint32Array(endpoints.length * DAY_WIDTH)
    const providerDay = new Uint32Array(providers.length * DAY_WIDTH)
    for (const row of rows) {
      const key = keyOf.get(row.endpointId)
      if (key === undefined) continue
      const providerKey = providerOf[key] ?? 0
      for (const [name, place] of DAY_PLACES) {
        next[key * DAY_WIDTH + place] = row[name]
        addTo(providerDay, providerKey * DAY_WIDTH + place, row[name])
      }
    }
    const before = dayOf(ledgers.endpoint, endpoints.length)
    for (let key = 0; key < endpoints.length; key++) {
      const at = key * DAY_WIDTH
      for (let place = 0; place < DAY_WIDTH; place++) {
        if (before[at + place] !== next[at + place]) dirty.add(key)
      }
    }
    ledgers.endpoint.day = next
    ledgers.provider.day = providerDay
  }

  /** Judges anew what may have changed, and counts the version up when something did. */
  function settle(): void {
    const dirtyProviders = new Set<number>()
    for (const key of dirty) {
      dirtyProviders.add(providerOf[key] ?? 0)
      judge(endpoints[key], ledgers.endpoint, key)
    }
    for (const key of dirtyProviders) judge(providers[key], ledgers.provider, key)
    dirty.clear()
    countAgain()
    if (isChanged) version += 1
    isChanged = false
  }

  function judge(told: Told | undefined, ledger: Ledger, key: number): void {
    if (!told) return
    const health = currentHealthOf(windowCountsOf(ledger, key, lastMinuteMs))
    if (isSameHealth(health, told.health)) return
    told.health = health
    told.changedAt = version + 1
    isChanged = true
  }

  function countAgain(): void {
    const next = { endpoints: countStatuses(endpoints), providers: countStatuses(providers) }
    const isSame = HEALTH_STATUSES.every(
      (status) =>
        next.endpoints[status] === statusCounts.endpoints[status] &&
        next.providers[status] === statusCounts.providers[status],
    )
    if (isSame) return
    Object.assign(statusCounts, next, { changedAt: version + 1 })
    isChanged = true
  }

  function event({
    since,
    provider,
  }: {
    since: number | null
    provider?: string | undefined
  }): LiveEvent | null {
    const onlyKey = provider === undefined ? null : (providerKeys.get(provider) ?? -1)
    const isWanted = (providerKey: number) => onlyKey === null || onlyKey === providerKey
    const isNew = (changedAt: number) => since !== null && changedAt > since
    const toldEndpoints = endpoints.flatMap(({ health, changedAt }, key) => {
      const isTold =
        since === null ? health !== NO_HEALTH && !isSameHealth(health, NO_HEALTH) : isNew(changedAt)
      const isAsked = isTold && isWanted(providerOf[key] ?? 0)
      return isAsked ? [{ endpointId: endpointIds[key] ?? 0, ...health }] : []
    })
    const toldProviders = [...providerKeys].flatMap(([slug, key]) => {
      if (!isWanted(key)) return []
      const told = providers[key]
      const minutes = minutesOf(ledgers.provider, key, since, (one) => one.providers.get(key) ?? 0)
      const isTold = since === null || minutes.length > 0 || isNew(told?.changedAt ?? 0)
      return isTold ? [{ provider: slug, ...(told?.health ?? NO_HEALTH), minutes }] : []
    })
    const totals = {
      minutes: minutesOf(ledgers.all, ALL, since, (one) => one.all),
      endpointsByStatus: statusCounts.endpoints,
      providersByStatus: statusCounts.providers,
    }
    const isAnything =
      since === null ||
      toldEndpoints.length + toldProviders.length + totals.minutes.length > 0 ||
      isNew(statusCounts.changedAt)
    if (!isAnything) return null
    return {
      at: new Date(readAtMs).toISOString(),
      endpoints: toldEndpoints,
      providers: toldProviders,
      totals,
    }
  }

  /** The minutes that changed since a version, oldest first; with null all that have an attempt. */
  function minutesOf(
    ledger: Ledger,
    key: number,
    since: number | null,
    changedAt: (changed: { providers: Map<number, number>; all: number }) => number,
  ): LiveMinute[] {
    return [...changedMinutes]
      .filter(([, changed]) => changedAt(changed) > (since ?? 0))
      .sort(([a], [b]) => a - b)
      .map(([minuteMs]) => readMinute(ledger.minutes.get(minuteMs), key * WIDTH, minuteMs))
      .filter((minute) => since !== null || minute.attempts > 0)
  }

  return {
    apply,
    addEndpoints,
    knows: (endpointId) => keyOf.has(endpointId),
    version: () => version,
    isResumable: (wanted) => wanted <= version && wanted >= (marks[0]?.version ?? Number.POSITIVE_INFINITY),
    event,
    countsOf: (endpointId) => {
      const key = keyOf.get(endpointId)
      if (key === undefined) return null
      const { day } = ledgers.endpoint
      return {
        ...windowCountsOf(ledgers.endpoint, key, lastMinuteMs),
        checkedToolCallAttempts: day[key * DAY_WIDTH + DAY_AT.checkedToolCallAttempts] ?? 0,
        badToolCallAttempts: day[key * DAY_WIDTH + DAY_AT.badToolCallAttempts] ?? 0,
      }
    },
  }
}

const DAY_PLACES = [
  ['attempts', DAY_AT.attempts],
  ['ok', DAY_AT.ok],
  ['countedErrors', DAY_AT.countedErrors],
  ['checkedToolCallAttempts', DAY_AT.checkedToolCallAttempts],
  ['badToolCallAttempts', DAY_AT.badToolCallAttempts],
] as const

function differs(a: Uint32Array, b: Uint32Array, at: number): boolean {
  for (let count = 0; count < WIDTH; count++) if ((a[at + count] ?? 0) !== (b[at + count] ?? 0)) return true
  return false
}

function addTo(counts: Uint32Array, place: number, difference: number): void {
  counts[place] = (counts[place] ?? 0) + difference
}

function countStatuses(all: readonly Told[]): Record<HealthStatus, number> {
  const counts: Record<HealthStatus, number> = { healthy: 0, degraded: 0, down: 0, unknown: 0 }
  for (const { health } of all) counts[health.status] += 1
  return counts
}

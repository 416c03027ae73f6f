import type { WindowCounts } from '../health/current-health'
import { floorToBucket, GRANULARITY_MS } from '../time/time-buckets'
import type { MinuteRow } from './attempt-counts'
import { boardEvent } from './board-event'
import { createBoardHealth } from './board-health'
import { createBoardKeys, type NamedEndpoint } from './board-keys'
import { createBoardLedgers } from './board-ledgers'
import { createBoardVersions } from './board-versions'
import { type DayRow, type DayToolCalls, dayToolCallsOf, KEPT_MINUTES, windowCountsOf } from './ledger'
import type { LiveEvent } from './schema'

const MINUTE_MS = GRANULARITY_MS.minute

/** What one statement read: some minutes completely (an endpoint without a row had no attempt), and maybe the day. */
export type BoardRead = {
  nowMs: number
  /** The minutes that the rows tell, half-open, on whole minutes. */
  fromMs: number
  toMs: number
  minutes: readonly MinuteRow[]
  day: readonly DayRow[] | null
}

export type EndpointBoard = {
  /** Takes in what a read told; values replace what stood there, so reads may repeat and overlap. */
  apply: (read: BoardRead) => void
  /** Names endpoints and their providers; of those it knows only a provider's name may change. */
  addEndpoints: (endpoints: readonly NamedEndpoint[]) => void
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

/**
 * How all endpoints are doing, kept in memory from what the rollups say: attempts by minute over the last half hour and
 * their sums over a day, by endpoint, by provider and in all. Pure: it knows no clock but that of its reads.
 * Minutes ahead of the clock wait until it gets there.
 */
export function createEndpointBoard(): EndpointBoard {
  const keys = createBoardKeys()
  const versions = createBoardVersions()
  const ledgers = createBoardLedgers(keys)
  const health = createBoardHealth(versions)
  /** Endpoint keys that are to be judged anew. */
  const dirty = new Set<number>()
  let readAtMs = 0
  let lastMinuteMs = Number.NEGATIVE_INFINITY

  function addEndpoints(named: readonly NamedEndpoint[]): void {
    for (const one of named) {
      const { isNewEndpoint, isNewProvider, renamedProvider } = keys.add(one)
      if (renamedProvider !== null) health.tellProvider(renamedProvider)
      if (isNewProvider) health.addProvider()
      if (!isNewEndpoint) continue
      dirty.add(health.endpoints.length)
      health.addEndpoint()
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
    const firstMs = Math.max(read.fromMs, oldestOf(lastMinuteMs))
    for (let minuteMs = firstMs; minuteMs < read.toMs; minuteMs += MINUTE_MS) {
      replaceMinute(minuteMs, rowsByMinute.get(minuteMs) ?? [])
    }
    if (read.day) for (const key of ledgers.replaceDay(read.day)) dirty.add(key)
    settle()
  }

  /** Lets minutes go that have left the half hour, and shows those that the clock has reached. */
  function advance(minuteMs: number): void {
    if (minuteMs <= lastMinuteMs) return
    ledgers.forgetBefore(oldestOf(minuteMs))
    for (const reached of ledgers.providersBetween(lastMinuteMs, minuteMs)) {
      versions.noteMinute(reached.minuteMs, reached.providerKey)
    }
    versions.beginMinute(minuteMs)
    lastMinuteMs = minuteMs
    for (const key of health.endpoints.keys()) dirty.add(key)
  }

  function replaceMinute(minuteMs: number, rows: readonly MinuteRow[]): void {
    for (const key of ledgers.replaceMinute(minuteMs, rows)) {
      dirty.add(key)
      if (minuteMs <= lastMinuteMs) versions.noteMinute(minuteMs, keys.providerOf[key] ?? 0)
    }
  }

  /** Judges anew what may have changed, and counts the version up when something did. */
  function settle(): void {
    const dirtyProviders = new Set<number>()
    for (const key of dirty) {
      dirtyProviders.add(keys.providerOf[key] ?? 0)
      health.judgeEndpoint(key, windowCountsOf(ledgers.endpoint, key, lastMinuteMs))
    }
    for (const key of dirtyProviders) {
      health.judgeProvider(key, windowCountsOf(ledgers.provider, key, lastMinuteMs))
    }
    dirty.clear()
    health.countStatuses()
    versions.settle()
  }

  return {
    apply,
    addEndpoints,
    knows: (endpointId) => keys.ofEndpoint(endpointId) !== undefined,
    version: versions.current,
    isResumable: versions.isResumable,
    event: ({ since, provider }) =>
      boardEvent({ keys, versions, ledgers, health, readAtMs }, { since, provider }),
    countsOf: (endpointId) => {
      const key = keys.ofEndpoint(endpointId)
      if (key === undefined) return null
      return {
        ...windowCountsOf(ledgers.endpoint, key, lastMinuteMs),
        ...dayToolCallsOf(ledgers.endpoint, key),
      }
    },
  }
}

/** The oldest minute that is kept while another one runs. */
function oldestOf(minuteMs: number): number {
  return minuteMs - (KEPT_MINUTES - 1) * MINUTE_MS
}

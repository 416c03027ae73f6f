import { failureShareOf, toolCallErrorRateOf, uptimeOf } from '../health/derive-health'
import { type EndpointHealth, UNKNOWN_HEALTH } from '../health/endpoint-health'
import type { EndpointBoard } from '../live/endpoint-board'
import { liveHub } from '../live/live-hub.server'
import { log } from '../platform/log.server'
import { processSingleton } from '../platform/process-singleton'
import type { ErrorClass } from '../records/vocabulary'
import { blockOf, type Circuit, createCircuit, hasOutage, noteCall } from './circuit'
import { createRecentCacheHits, type RecentCacheHits } from './recent-cache-hits.server'
import { createRecentSpeeds, type RecentSpeeds } from './recent-speeds.server'

/** Age at which percentiles are read again, in the background, while the gateway is in use. */
const FRESH_MS = 3000
/** Age at which cache hits are read again: they are told over an hour. */
const CACHE_HITS_FRESH_MS = 60_000

type State = {
  circuits: Map<number, Circuit>
  /** The newest board of the recorder's counts: the last one stays while there is no newer. */
  board: EndpointBoard | null
  speeds: RecentSpeeds
  cacheHits: RecentCacheHits
  /** When each was last read, and whether they are being read. */
  speedsAtMs: number
  cacheHitsAtMs: number
  isReading: boolean
  /** Health by endpoint from these figures, made when a plan asks for it. */
  counted: Map<number, EndpointHealth>
  /** Which board they were made from. */
  countedFrom: { board: EndpointBoard | null; version: number }
}

/**
 * Health by endpoint as of `nowMs`: the recorder's own counts of the last minutes, at most seconds old, and what this
 * process saw of the endpoint's last calls. Never waits and never throws; while Postgres is away the last counts stay.
 */
export function liveHealth(nowMs: number): (endpointId: number) => EndpointHealth {
  const current = refreshed(nowMs)
  return (endpointId) => {
    const health = countedHealth(current, endpointId)
    const circuit = current.circuits.get(endpointId)
    if (!circuit) return health
    const block = blockOf(circuit, nowMs)
    return {
      ...health,
      hasOutage: hasOutage(circuit, nowMs),
      blockedUntilMs: block?.blockedUntilMs ?? null,
      blockedBy: block?.blockedBy ?? null,
    }
  }
}

/** Notes how a call to an endpoint ended, for the plans that follow. */
export function noteEndpointCall(
  endpointId: number,
  call: { errorClass: ErrorClass | null; retryAfterMs: number | null; nowMs: number },
): void {
  const { circuits } = state()
  const circuit = circuits.get(endpointId) ?? createCircuit()
  circuits.set(endpointId, circuit)
  noteCall(circuit, call)
}

/** Reads the recorder's counts now, for who wants them before the first plan. Never throws. */
export async function refreshHealth(nowMs: number): Promise<void> {
  const current = state()
  try {
    await Promise.all([
      liveHub().refresh(),
      current.speeds.read({ nowMs, isAllWanted: true }),
      current.cacheHits.read(nowMs),
    ])
  } catch (error) {
    logStale(error)
  } finally {
    current.counted.clear()
  }
}

/** A plan asks for an endpoint's health again and again, many plans do so between two reads. */
function countedHealth(current: State, endpointId: number): EndpointHealth {
  const known = current.counted.get(endpointId)
  if (known) return known
  const health = countHealth(current, endpointId)
  current.counted.set(endpointId, health)
  return health
}

/** Counts of the last 30 minutes, tool calls of the day, percentiles of five minutes, cache hits of an hour. */
function countHealth({ board, speeds, cacheHits }: State, endpointId: number): EndpointHealth {
  const counts = board?.countsOf(endpointId)
  if (!counts) return UNKNOWN_HEALTH
  return {
    ...UNKNOWN_HEALTH,
    uptime: uptimeOf(counts['30m']),
    attempts: counts['30m'].attempts,
    toolCallErrorRate: toolCallErrorRateOf(counts),
    toolCallAttempts: counts.checkedToolCallAttempts,
    failureShare: failureShareOf(counts),
    cacheHitRate: cacheHits.of(endpointId),
    ...speeds.of(endpointId),
  }
}

function refreshed(nowMs: number): State {
  const current = state()
  const hub = liveHub()
  hub.keepAwake()
  current.board = hub.board() ?? current.board
  const { board, countedFrom } = current
  const version = board?.version() ?? 0
  if (countedFrom.board !== board || countedFrom.version !== version) {
    current.countedFrom = { board, version }
    current.counted.clear()
  }
  if (nowMs - current.speedsAtMs >= FRESH_MS && !current.isReading) void refreshFigures(current, nowMs)
  return current
}

async function refreshFigures(current: State, nowMs: number): Promise<void> {
  const areHitsOld = nowMs - current.cacheHitsAtMs >= CACHE_HITS_FRESH_MS
  Object.assign(current, {
    isReading: true,
    speedsAtMs: nowMs,
    ...(areHitsOld ? { cacheHitsAtMs: nowMs } : {}),
  })
  try {
    await current.speeds.read({ nowMs, isAllWanted: false })
    if (areHitsOld) await current.cacheHits.read(nowMs)
  } catch (error) {
    logStale(error)
  } finally {
    current.isReading = false
    current.counted.clear()
  }
}

function logStale(error: unknown): void {
  log.warn({ err: error }, 'the gateway keeps the last known health of its endpoints')
}

function state(): State {
  return processSingleton('gateway-health', () => ({
    circuits: new Map(),
    board: null,
    speeds: createRecentSpeeds(),
    cacheHits: createRecentCacheHits(),
    speedsAtMs: 0,
    cacheHitsAtMs: 0,
    isReading: false,
    counted: new Map(),
    countedFrom: { board: null, version: 0 },
  }))
}

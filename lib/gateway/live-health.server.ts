import { toolCallErrorRateOf, uptimeOf } from '../health/derive-health'
import { type EndpointHealth, UNKNOWN_HEALTH } from '../health/endpoint-health'
import type { EndpointBoard } from '../live/endpoint-board'
import { liveHub } from '../live/live-hub.server'
import { log } from '../platform/log.server'
import { processSingleton } from '../platform/process-singleton'
import type { ErrorClass } from '../records/vocabulary'
import { blockOf, type Circuit, createCircuit, hasOutage, noteCall } from './circuit'
import { createRecentSpeeds, type RecentSpeeds } from './recent-speeds.server'

/** Age at which percentiles are read again, in the background, while the gateway is in use. */
const FRESH_MS = 3000

type State = {
  circuits: Map<number, Circuit>
  /** The newest board of the recorder's counts: the last one stays while there is no newer. */
  board: EndpointBoard | null
  speeds: RecentSpeeds
  readAtMs: number
  isReading: boolean
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
    await Promise.all([liveHub().refresh(), current.speeds.read({ nowMs, isAllWanted: true })])
  } catch (error) {
    logStale(error)
  }
}

/** Counts of the last 30 minutes, tool calls of the day, percentiles of five minutes. */
function countedHealth({ board, speeds }: State, endpointId: number): EndpointHealth {
  const counts = board?.countsOf(endpointId)
  if (!counts) return UNKNOWN_HEALTH
  return {
    ...UNKNOWN_HEALTH,
    uptime: uptimeOf(counts['30m']),
    attempts: counts['30m'].attempts,
    toolCallErrorRate: toolCallErrorRateOf(counts),
    toolCallAttempts: counts.checkedToolCallAttempts,
    ...speeds.of(endpointId),
  }
}

function refreshed(nowMs: number): State {
  const current = state()
  const hub = liveHub()
  hub.keepAwake()
  current.board = hub.board() ?? current.board
  if (nowMs - current.readAtMs >= FRESH_MS && !current.isReading) void refreshSpeeds(current, nowMs)
  return current
}

async function refreshSpeeds(current: State, nowMs: number): Promise<void> {
  Object.assign(current, { isReading: true, readAtMs: nowMs })
  try {
    await current.speeds.read({ nowMs, isAllWanted: false })
  } catch (error) {
    logStale(error)
  } finally {
    current.isReading = false
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
    readAtMs: 0,
    isReading: false,
  }))
}

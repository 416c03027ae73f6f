import {
  type EndpointHealthSums,
  NO_HEALTH_SUMS,
  percentilesOf,
  toolCallErrorRateOf,
  uptimeOf,
} from '../analytics/endpoint-health/derive-health'
import { readEndpointHealth } from '../analytics/endpoint-health/read-endpoint-health.server'
import { log } from '../platform/log.server'
import { processSingleton } from '../platform/process-singleton'
import type { ErrorClass } from '../records/vocabulary'
import type { EndpointHealth } from './candidate'
import { blockOf, type Circuit, createCircuit, hasOutage, noteCall } from './circuit'

/** Age at which the recorder's counts are read again, in the background, while the gateway is in use. */
const FRESH_MS = 3000

type State = {
  circuits: Map<number, Circuit>
  /** From the recorder's counts; replaced as a whole. */
  counted: Map<number, EndpointHealth>
  readAtMs: number
  isReading: boolean
}

/**
 * Health by endpoint as of `nowMs`: the recorder's own counts of the last minutes, at most seconds old, and what this
 * process saw of the endpoint's last calls. Never waits and never throws; while Postgres is away the last counts stay.
 */
export function liveHealth(nowMs: number): (endpointId: number) => EndpointHealth {
  const { circuits, counted } = refreshed(nowMs)
  return (endpointId) => {
    const health = counted.get(endpointId) ?? UNCOUNTED
    const circuit = circuits.get(endpointId)
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
  if (current.isReading) return
  Object.assign(current, { isReading: true, readAtMs: nowMs })
  try {
    const sums = await readEndpointHealth({ nowMs })
    current.counted = new Map([...sums].map(([endpointId, one]) => [endpointId, toHealth(one)]))
  } catch (error) {
    log.warn({ err: error }, 'the gateway keeps the last known health of its endpoints')
  } finally {
    current.isReading = false
  }
}

const UNCOUNTED = toHealth(NO_HEALTH_SUMS)

function toHealth(sums: EndpointHealthSums): EndpointHealth {
  return {
    hasOutage: false,
    blockedUntilMs: null,
    blockedBy: null,
    uptime: uptimeOf(sums.last30Minutes),
    attempts: sums.last30Minutes.attempts,
    toolCallErrorRate: toolCallErrorRateOf(sums),
    toolCallAttempts: sums.checkedToolCallAttempts,
    latencyMs: percentilesOf(sums.timeToFirstTokenMs5Minutes),
    tokensPerSecond: percentilesOf(sums.tokensPerSecond5Minutes),
  }
}

function refreshed(nowMs: number): State {
  const current = state()
  if (nowMs - current.readAtMs >= FRESH_MS) void refreshHealth(nowMs)
  return current
}

function state(): State {
  return processSingleton('gateway-health', () => ({
    circuits: new Map(),
    counted: new Map(),
    readAtMs: 0,
    isReading: false,
  }))
}

import { isCountedError } from '../records/error-class'
import type { ErrorClass } from '../records/vocabulary'

/** What this process remembers of an endpoint's last calls. Times are epoch milliseconds. */
export type Circuit = {
  /** Counted errors since the last success. */
  failuresInARow: number
  /** Closed when in the past. */
  openUntilMs: number
  /** How long the circuit opens the next time. */
  nextOpenMs: number
  /** Until then the endpoint asked not to be called. */
  retryAfterUntilMs: number
  /** ok and errors by second, in a ring of OUTAGE_SECONDS slots; `slotSecond` says which second a slot holds. */
  ok: Int32Array
  errors: Int32Array
  slotSecond: Float64Array
}

const OUTAGE_SECONDS = 30
const OUTAGE_MIN_ERRORS = 3
const OUTAGE_MIN_SHARE = 0.5
const FAILURES_TO_OPEN = 5
const FIRST_OPEN_MS = 5_000
const LONGEST_OPEN_MS = 60_000
/** A provider that asks for longer is asked again after this. */
const LONGEST_RETRY_AFTER_MS = 300_000

/** The circuit of an endpoint nobody has called. */
export function createCircuit(): Circuit {
  return {
    failuresInARow: 0,
    openUntilMs: 0,
    nextOpenMs: FIRST_OPEN_MS,
    retryAfterUntilMs: 0,
    ok: new Int32Array(OUTAGE_SECONDS),
    errors: new Int32Array(OUTAGE_SECONDS),
    slotSecond: new Float64Array(OUTAGE_SECONDS),
  }
}

/**
 * Notes how a call ended. Five counted errors in a row open the circuit for 5 s, and each failure after that for twice
 * as long, up to a minute; a success closes it. `retryAfterMs` is what the provider asked for, null when it did not.
 * Rate limits and the client's own mistakes are no errors here (design.md §5, uptime).
 */
export function noteCall(
  circuit: Circuit,
  call: { errorClass: ErrorClass | null; retryAfterMs: number | null; nowMs: number },
): void {
  const { errorClass, retryAfterMs, nowMs } = call
  if (retryAfterMs !== null) {
    circuit.retryAfterUntilMs = nowMs + Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS)
  }
  if (errorClass === null) {
    circuit.failuresInARow = 0
    circuit.openUntilMs = 0
    circuit.nextOpenMs = FIRST_OPEN_MS
    count(circuit, circuit.ok, nowMs)
  } else if (isCountedError(errorClass)) {
    circuit.failuresInARow += 1
    count(circuit, circuit.errors, nowMs)
    if (circuit.failuresInARow >= FAILURES_TO_OPEN && circuit.openUntilMs <= nowMs) {
      circuit.openUntilMs = nowMs + circuit.nextOpenMs
      circuit.nextOpenMs = Math.min(circuit.nextOpenMs * 2, LONGEST_OPEN_MS)
    }
  }
}

/** Whether the last 30 seconds were an outage: at least three errors, and no fewer errors than answers. */
export function hasOutage(circuit: Circuit, nowMs: number): boolean {
  const second = Math.floor(nowMs / 1000)
  let ok = 0
  let errors = 0
  for (let slot = 0; slot < OUTAGE_SECONDS; slot++) {
    if (second - (circuit.slotSecond[slot] ?? 0) >= OUTAGE_SECONDS) continue
    ok += circuit.ok[slot] ?? 0
    errors += circuit.errors[slot] ?? 0
  }
  return errors >= OUTAGE_MIN_ERRORS && errors / (ok + errors) >= OUTAGE_MIN_SHARE
}

/** What keeps the endpoint from being called at a moment, and until when; a Retry-After goes before an open circuit. */
export function blockOf(
  circuit: Circuit,
  nowMs: number,
): { blockedUntilMs: number; blockedBy: 'circuit_open' | 'retry_after' } | null {
  if (circuit.retryAfterUntilMs > nowMs) {
    return { blockedUntilMs: circuit.retryAfterUntilMs, blockedBy: 'retry_after' }
  }
  return circuit.openUntilMs > nowMs
    ? { blockedUntilMs: circuit.openUntilMs, blockedBy: 'circuit_open' }
    : null
}

function count(circuit: Circuit, counts: Int32Array, nowMs: number): void {
  const second = Math.floor(nowMs / 1000)
  const slot = second % OUTAGE_SECONDS
  if (circuit.slotSecond[slot] !== second) {
    circuit.slotSecond[slot] = second
    circuit.ok[slot] = 0
    circuit.errors[slot] = 0
  }
  counts[slot] = (counts[slot] ?? 0) + 1
}

import { describe, expect, test } from 'vitest'
import type { ErrorClass } from '../records/vocabulary'
import { blockOf, type Circuit, createCircuit, hasOutage, noteCall } from './circuit'

const START_MS = 1_795_000_000_000

function note(
  circuit: Circuit,
  errorClass: ErrorClass | null,
  nowMs: number,
  retryAfterMs: number | null = null,
) {
  noteCall(circuit, { errorClass, retryAfterMs, nowMs })
}

function fail(circuit: Circuit, times: number, nowMs: number): void {
  for (let count = 0; count < times; count++) note(circuit, 'upstream_5xx', nowMs)
}

describe('the circuit', () => {
  test('opens at the fifth error in a row, for five seconds', () => {
    const circuit = createCircuit()
    fail(circuit, 4, START_MS)
    expect(blockOf(circuit, START_MS)).toBeNull()
    fail(circuit, 1, START_MS)
    expect(blockOf(circuit, START_MS)).toEqual({ blockedBy: 'circuit_open', blockedUntilMs: START_MS + 5000 })
    expect(blockOf(circuit, START_MS + 5000)).toBeNull()
  })

  test('opens again at the next error after that, twice as long each time and at most a minute', () => {
    const circuit = createCircuit()
    fail(circuit, 5, START_MS)
    let nowMs = START_MS
    const lengths = Array.from({ length: 6 }, () => {
      nowMs = blockOf(circuit, nowMs)?.blockedUntilMs ?? nowMs
      fail(circuit, 1, nowMs)
      return (blockOf(circuit, nowMs)?.blockedUntilMs ?? nowMs) - nowMs
    })
    expect(lengths).toEqual([10_000, 20_000, 40_000, 60_000, 60_000, 60_000])
  })

  test('calls that were under way when it opened do not prolong it', () => {
    const circuit = createCircuit()
    fail(circuit, 50, START_MS)
    expect(blockOf(circuit, START_MS)?.blockedUntilMs).toBe(START_MS + 5000)
  })

  test('closes at a success, and counts from nothing again', () => {
    const circuit = createCircuit()
    fail(circuit, 5, START_MS)
    note(circuit, null, START_MS + 1)
    expect(blockOf(circuit, START_MS + 1)).toBeNull()
    fail(circuit, 4, START_MS + 2)
    expect(blockOf(circuit, START_MS + 2)).toBeNull()
  })

  test.each<ErrorClass>(['rate_limited', 'invalid_request', 'content_policy', 'cancelled'])(
    '%s never opens it',
    (errorClass) => {
      const circuit = createCircuit()
      for (let count = 0; count < 20; count++) note(circuit, errorClass, START_MS)
      expect(blockOf(circuit, START_MS)).toBeNull()
      expect(hasOutage(circuit, START_MS)).toBe(false)
    },
  )
})

describe('Retry-After', () => {
  test('is obeyed, and goes before an open circuit', () => {
    const circuit = createCircuit()
    fail(circuit, 5, START_MS)
    note(circuit, 'rate_limited', START_MS, 2000)
    expect(blockOf(circuit, START_MS)).toEqual({ blockedBy: 'retry_after', blockedUntilMs: START_MS + 2000 })
    expect(blockOf(circuit, START_MS + 2000)?.blockedBy).toBe('circuit_open')
  })

  test('asks for five minutes at most', () => {
    const circuit = createCircuit()
    note(circuit, 'rate_limited', START_MS, 86_400_000)
    expect(blockOf(circuit, START_MS)?.blockedUntilMs).toBe(START_MS + 300_000)
  })
})

describe('an outage', () => {
  test.each([
    [2, 0, false],
    [3, 0, true],
    [3, 3, true],
    [3, 4, false],
    [0, 100, false],
  ])('%i errors beside %i answers: %s', (errors, answers, expected) => {
    const circuit = createCircuit()
    for (let count = 0; count < answers; count++) note(circuit, null, START_MS)
    fail(circuit, errors, START_MS)
    expect(hasOutage(circuit, START_MS)).toBe(expected)
  })

  test('is over 30 seconds after its last error', () => {
    const circuit = createCircuit()
    fail(circuit, 10, START_MS)
    expect(hasOutage(circuit, START_MS + 29_999)).toBe(true)
    expect(hasOutage(circuit, START_MS + 30_000)).toBe(false)
  })

  test('old seconds are forgotten when their place in the ring is used again', () => {
    const circuit = createCircuit()
    fail(circuit, 3, START_MS)
    note(circuit, null, START_MS + 30_000)
    expect(hasOutage(circuit, START_MS + 30_000)).toBe(false)
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ERROR_CLASSES, TOOL_VERDICTS } from '../records/vocabulary'
import { callOutcome } from './call-outcome'
import { type CountedCall, summarizeCalls } from './summarize-calls'

const call = (over: Partial<CountedCall> = {}): CountedCall => ({
  provider: 'Helios',
  durationMs: 100,
  errorClass: null,
  verdicts: ['valid'],
  ...over,
})

test('a trial that has not begun knows no rates', () => {
  expect(summarizeCalls([])).toEqual({
    made: 0,
    clean: 0,
    errorsByClass: {},
    badByVerdict: {},
    errors: 0,
    toolUseRate: null,
    toolCalls: 0,
    byProvider: [],
    latencyMsP50: null,
    latencyMsP95: null,
  })
})

test('failed requests and bad answers are errors, each by its class', () => {
  const summary = summarizeCalls([
    call(),
    call({ verdicts: ['valid', 'invalid_json', 'unknown_name'] }),
    call({ verdicts: ['schema_mismatch'], provider: 'Borealis' }),
    call({ errorClass: 'upstream_5xx', verdicts: [], provider: null }),
    call({ errorClass: 'upstream_5xx', verdicts: [], provider: null }),
    call({ verdicts: [] }),
    call({ verdicts: ['unknown'] }),
  ])
  expect(summary).toMatchObject({
    made: 7,
    clean: 3,
    errors: 4,
    errorsByClass: { upstream_5xx: 2 },
    badByVerdict: { invalid_json: 1, schema_mismatch: 1 },
    toolCalls: 6,
    byProvider: [
      { provider: 'Helios', calls: 4, errors: 1 },
      { provider: 'none', calls: 2, errors: 2 },
      { provider: 'Borealis', calls: 1, errors: 1 },
    ],
  })
})

test('the tool-use rate counts answers, not requests that got none', () => {
  const calls = [call(), call({ verdicts: [] }), call({ errorClass: 'timeout', verdicts: [] })]
  expect(summarizeCalls(calls).toolUseRate).toBe(0.5)
})

describe('latency is the nearest rank of the answered calls', () => {
  test.each([
    [[100], 100, 100],
    [[100, 200], 100, 200],
    [[300, 100, 200], 200, 300],
    [Array.from({ length: 100 }, (_, index) => index + 1), 50, 95],
  ])('%j', (durations, p50, p95) => {
    const answered = durations.map((durationMs) => call({ durationMs }))
    const refused = call({ durationMs: 60_000, errorClass: 'timeout' })
    expect(summarizeCalls([...answered, refused])).toMatchObject({ latencyMsP50: p50, latencyMsP95: p95 })
  })
})

describe('the outcome of a call', () => {
  test.each([
    [null, [], 'no_tool'],
    [null, ['valid'], 'clean'],
    [null, ['unknown'], 'clean'],
    [null, ['valid', 'schema_mismatch', 'invalid_json'], 'schema_mismatch'],
    ['mid_stream', ['invalid_json'], 'mid_stream'],
  ] as const)('%s with %j is %s', (errorClass, verdicts, outcome) => {
    expect(callOutcome({ errorClass, verdicts })).toBe(outcome)
  })
})

test('every call is counted once, in whatever order they come', () => {
  const anyCall = fc.record({
    provider: fc.constantFrom('Helios', 'Borealis', null),
    durationMs: fc.nat(10_000),
    errorClass: fc.option(fc.constantFrom(...ERROR_CLASSES)),
    verdicts: fc.array(fc.constantFrom(...TOOL_VERDICTS), { maxLength: 4 }),
  })
  fc.assert(
    fc.property(fc.array(anyCall), (calls) => {
      const summary = summarizeCalls(calls)
      const sum = (counts: Record<string, number>) => Object.values(counts).reduce((a, b) => a + b, 0)
      expect(summary.clean + sum(summary.errorsByClass) + sum(summary.badByVerdict)).toBe(calls.length)
      expect(summary.byProvider.reduce((total, { calls: made }) => total + made, 0)).toBe(calls.length)
      expect(summarizeCalls(calls.toReversed())).toEqual(summary)
    }),
  )
})

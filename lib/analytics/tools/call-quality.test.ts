import { describe, expect, test } from 'vitest'
import { addCallSums, type CallSums, callQuality, compareWorstFirst, errorRateOf } from './call-quality'

const NOTHING: CallSums = {
  toolsOffered: 0,
  toolCallAttempts: 0,
  checkedToolCallAttempts: 0,
  badToolCallAttempts: 0,
  badCalls: { invalid_json: 0, unknown_name: 0, schema_mismatch: 0 },
}

describe('errorRateOf', () => {
  test.each<[number, number, number | null, number | null, number | null]>([
    [0, 0, null, null, null],
    [3, 3, null, null, null],
    [19, 19, null, null, null],
    [0, 20, 0, 0, 0.1611],
    [20, 20, 1, 0.8389, 1],
    [5, 20, 0.25, 0.1119, 0.4687],
    [15, 148, 0.1014, 0.0624, 0.1605],
  ])('%i bad of %i: %s', (bad, sample, rate, low, high) => {
    const found = errorRateOf({ bad, sample })
    for (const [value, expected] of [
      [found.errorRate, rate],
      [found.errorRateLow, low],
      [found.errorRateHigh, high],
    ] as const) {
      if (expected === null) expect(value).toBeNull()
      else expect(value).toBeCloseTo(expected, 4)
    }
  })
})

describe('callQuality', () => {
  test('says nothing where nothing was called', () => {
    expect(callQuality(NOTHING)).toEqual({
      toolCallAttempts: 0,
      badAttempts: 0,
      errorRate: null,
      errorRateLow: null,
      errorRateHigh: null,
      byClass: { invalid_json: 0, unknown_name: 0, schema_mismatch: 0 },
      toolUseRate: null,
      toolUseAttempts: 0,
      toolsOfferedAttempts: 0,
    })
  })

  test('takes the error rate of what was checked and the use rate of what was offered', () => {
    const quality = callQuality({
      toolsOffered: 100,
      toolCallAttempts: 80,
      checkedToolCallAttempts: 40,
      badToolCallAttempts: 10,
      badCalls: { invalid_json: 1, unknown_name: 2, schema_mismatch: 9 },
    })
    expect(quality).toMatchObject({
      toolCallAttempts: 40,
      badAttempts: 10,
      errorRate: 0.25,
      toolUseRate: 0.8,
      toolUseAttempts: 80,
      toolsOfferedAttempts: 100,
      byClass: { invalid_json: 1, unknown_name: 2, schema_mismatch: 9 },
    })
  })

  test('has no use rate of tools that were never offered, but zero of tools that were never used', () => {
    expect(callQuality(NOTHING).toolUseRate).toBeNull()
    expect(callQuality({ ...NOTHING, toolsOffered: 5 }).toolUseRate).toBe(0)
  })
})

test('addCallSums adds every count', () => {
  const one: CallSums = {
    toolsOffered: 1,
    toolCallAttempts: 2,
    checkedToolCallAttempts: 3,
    badToolCallAttempts: 4,
    badCalls: { invalid_json: 5, unknown_name: 6, schema_mismatch: 7 },
  }
  expect(addCallSums([])).toEqual(NOTHING)
  expect(addCallSums([one, one, NOTHING])).toEqual({
    toolsOffered: 2,
    toolCallAttempts: 4,
    checkedToolCallAttempts: 6,
    badToolCallAttempts: 8,
    badCalls: { invalid_json: 10, unknown_name: 12, schema_mismatch: 14 },
  })
})

test('compareWorstFirst puts what cannot be judged after what can, however bad it looks', () => {
  const rows = [
    { errorRate: null, sample: 3, name: 'few' },
    { errorRate: 0, sample: 50, name: 'clean' },
    { errorRate: null, sample: 19, name: 'almost' },
    { errorRate: 0.2, sample: 50, name: 'worst' },
    { errorRate: 0.1, sample: 50, name: 'b' },
    { errorRate: 0.1, sample: 50, name: 'a' },
    { errorRate: 0.1, sample: 900, name: 'z' },
  ]
  expect(rows.sort(compareWorstFirst).map(({ name }) => name)).toEqual([
    ...['worst', 'z', 'a', 'b', 'clean', 'almost', 'few'],
  ])
})

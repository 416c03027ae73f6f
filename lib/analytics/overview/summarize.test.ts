import { describe, expect, test } from 'vitest'
import { type OverviewSums, summarize } from './summarize'

/** Sums of a window; overrides last. */
function makeSums(overrides: Partial<OverviewSums> = {}): OverviewSums {
  return {
    requests: 100,
    requestsOk: 90,
    requestsError: 10,
    totalTokens: 1000,
    textTokens: 800,
    agenticTokens: 200,
    costKnown: 50,
    costMicroUsd: 2_000_000,
    toolsKnown: 80,
    toolsOffered: 44,
    toolsUsed: 33,
    finishedByToolCall: 32,
    ...overrides,
  }
}

test('each number stands beside the one before: amounts change relatively, ratios in points', () => {
  const before = makeSums({
    requests: 80,
    totalTokens: 2000,
    textTokens: 1600,
    requestsOk: 80,
    requestsError: 20,
    costMicroUsd: 4_000_000,
    finishedByToolCall: 16,
  })
  expect(summarize(makeSums(), before)).toEqual({
    requests: { value: 100, previous: 80, change: 0.25 },
    totalTokens: { value: 1000, previous: 2000, change: -0.5 },
    costUsd: { value: 2, previous: 4, change: -0.5 },
    successRate: { value: 0.9, previous: 0.8, change: expect.closeTo(0.1, 12) },
    agenticShare: { value: 0.25, previous: 0.125, change: 0.125 },
    finishedByToolCallShare: { value: 0.4, previous: 0.2, change: 0.2 },
    toolsOfferedShare: 0.55,
    toolsUsedShare: 0.75,
    costKnownShare: 0.5,
  })
})

test('a window without requests has zero requests and tokens; its ratios and cost are unknown', () => {
  const unknown = { value: null, previous: null, change: null }
  expect(summarize(null, null)).toEqual({
    requests: { value: 0, previous: 0, change: null },
    totalTokens: { value: 0, previous: 0, change: null },
    costUsd: unknown,
    successRate: unknown,
    agenticShare: unknown,
    finishedByToolCallShare: unknown,
    toolsOfferedShare: null,
    toolsUsedShare: null,
    costKnownShare: null,
  })
})

describe('change', () => {
  test('is unknown when there was nothing before', () => {
    const { requests, successRate } = summarize(makeSums(), null)
    expect(requests).toEqual({ value: 100, previous: 0, change: null })
    expect(successRate).toEqual({ value: 0.9, previous: null, change: null })
  })

  test('is minus one when nothing came any more', () => {
    expect(summarize(null, makeSums()).requests).toEqual({ value: 0, previous: 100, change: -1 })
  })
})

test('cost is unknown when no request has one, and zero when the known ones were free', () => {
  expect(summarize(makeSums({ costKnown: 0, costMicroUsd: 0 }), null).costUsd.value).toBeNull()
  expect(summarize(makeSums({ costKnown: 3, costMicroUsd: 0 }), null).costUsd.value).toBe(0)
})

test('the tool funnel is unknown, not zero, where no log tells about tools', () => {
  const silent = makeSums({ toolsKnown: 0, toolsOffered: 0, toolsUsed: 0, finishedByToolCall: 0 })
  expect(summarize(silent, null)).toMatchObject({
    finishedByToolCallShare: { value: null },
    toolsOfferedShare: null,
    toolsUsedShare: null,
  })
})

test('success is unknown when every request was left out of it, like rate limits', () => {
  const sums = makeSums({ requestsOk: 0, requestsError: 0 })
  expect(summarize(sums, null).successRate.value).toBeNull()
  expect(summarize(makeSums({ requestsOk: 3, requestsError: 1 }), null).successRate.value).toBe(0.75)
})

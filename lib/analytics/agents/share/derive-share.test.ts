import { expect, test } from 'vitest'
import { compareShares, type KindRow, sumByKind, toPoints } from './derive-share'

const MONDAY = Date.parse('2026-11-16T00:00:00Z')
const WEDNESDAY = Date.parse('2026-11-18T00:00:00Z')
const rows: KindRow[] = [
  { startMs: WEDNESDAY, kind: 'agentic', requests: 2, totalTokens: 900 },
  { startMs: MONDAY, kind: 'human', requests: 5, totalTokens: 100 },
  { startMs: MONDAY, kind: 'agentic', requests: 1, totalTokens: 300 },
  { startMs: WEDNESDAY, kind: 'unknown', requests: 2, totalTokens: 0 },
]

test('points are in order of time, and a bucket without requests is no point', () => {
  expect(toPoints(rows)).toEqual([
    {
      start: '2026-11-16T00:00:00.000Z',
      agentic: { requests: 1, totalTokens: 300 },
      human: { requests: 5, totalTokens: 100 },
      unknown: { requests: 0, totalTokens: 0 },
    },
    {
      start: '2026-11-18T00:00:00.000Z',
      agentic: { requests: 2, totalTokens: 900 },
      human: { requests: 0, totalTokens: 0 },
      unknown: { requests: 2, totalTokens: 0 },
    },
  ])
  expect(toPoints([])).toEqual([])
})

test('totals add up all buckets', () => {
  expect(sumByKind(rows)).toEqual({
    agentic: { requests: 3, totalTokens: 1200 },
    human: { requests: 5, totalTokens: 100 },
    unknown: { requests: 2, totalTokens: 0 },
  })
})

test('shares are of all requests, unknown ones included, and change in points', () => {
  const before = sumByKind([
    { kind: 'agentic', requests: 1, totalTokens: 50 },
    { kind: 'human', requests: 3, totalTokens: 50 },
  ])
  expect(compareShares(sumByKind(rows), before)).toEqual({
    agenticTokenShare: { value: 1200 / 1300, previous: 0.5, change: expect.closeTo(1200 / 1300 - 0.5, 12) },
    agenticRequestShare: { value: 0.3, previous: 0.25, change: expect.closeTo(0.05, 12) },
  })
})

test('a window without requests has no share, and nothing to compare with', () => {
  const unknown = { value: null, previous: null, change: null }
  expect(compareShares(sumByKind([]), sumByKind([]))).toEqual({
    agenticTokenShare: unknown,
    agenticRequestShare: unknown,
  })
})

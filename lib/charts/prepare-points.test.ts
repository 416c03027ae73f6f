import { expect, test } from 'vitest'
import { preparePoints } from './prepare-points'

type Point = { start: string; failed: number; slow: number | null }

const answer = {
  from: '2026-11-20T10:00:00Z',
  to: '2026-11-20T10:04:00Z',
  granularity: 'minute' as const,
  points: [
    { start: '2026-11-20T10:00:00Z', failed: 2, slow: 120 },
    { start: '2026-11-20T10:02:00Z', failed: 0, slow: null },
  ] satisfies Point[],
}
const failed = { key: 'failed', label: 'Failed', color: 'red', read: (point: Point) => point.failed }
const slow = { key: 'slow', label: 'Slow', color: 'blue', read: (point: Point) => point.slow }
const never = { key: 'never', label: 'Never', color: 'green', read: () => 0 }
const nowMs = Date.parse('2026-11-20T10:03:30Z')

test('a bucket without a point is a gap, one with a zero is zero', () => {
  const chart = preparePoints({ answer, parts: [failed], isAdditive: true, nowMs })
  expect(chart.series[0]?.values).toEqual([2, null, 0, null])
  expect(chart.totals).toEqual([2, null, 0, null])
})

test('the bucket that is still filling is partial, and later ones are left out', () => {
  const chart = preparePoints({ answer, parts: [failed], isAdditive: true, nowMs })
  expect(chart.buckets.map(({ isPartial }) => isPartial)).toEqual([false, false, false, true])
  const earlier = preparePoints({ answer, parts: [failed], isAdditive: true, nowMs: nowMs - 120_000 })
  expect(earlier.buckets).toHaveLength(2)
})

test('measures keep what is not known and have no total', () => {
  const chart = preparePoints({ answer, parts: [slow], isAdditive: false, nowMs })
  expect(chart.series[0]?.values).toEqual([120, null, null, null])
  expect(chart.totals).toEqual([])
})

test('counts that never happened are left out, measures that are zero are not', () => {
  const keys = (isAdditive: boolean) =>
    preparePoints({ answer, parts: [failed, never], isAdditive, nowMs }).series.map(({ key }) => key)
  expect(keys(true)).toEqual(['failed'])
  expect(keys(false)).toEqual(['failed', 'never'])
})

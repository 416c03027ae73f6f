import { expect, test } from 'vitest'
import { prepareErrors } from './prepare-errors'

const nowMs = Date.parse('2026-11-24T10:00:30Z')
const minute = (clock: string, errorsByClass: Record<string, number>) => ({
  start: `2026-11-24T${clock}:00.000Z`,
  attempts: 9,
  ok: 9,
  errorsByClass,
})

test('each of the last 30 minutes has its errors by class; without attempts it is a gap, without errors zero', () => {
  const chart = prepareErrors({
    minutes: [
      minute('09:31', { timeout: 2 }),
      minute('09:32', {}),
      minute('10:00', { upstream_5xx: 1, timeout: 1 }),
    ],
    nowMs,
  })
  expect(chart.buckets).toHaveLength(30)
  expect(chart.buckets.at(-1)).toMatchObject({ isPartial: true })
  expect(chart.series.map(({ key, total }) => [key, total])).toEqual([
    ['upstream_5xx', 1],
    ['timeout', 3],
  ])
  expect(chart.totals.slice(0, 3)).toEqual([2, 0, null])
  expect(chart.totals.at(-1)).toBe(2)
})

test('without an error there is no series to draw', () => {
  expect(prepareErrors({ minutes: [minute('09:59', {})], nowMs }).series).toEqual([])
})

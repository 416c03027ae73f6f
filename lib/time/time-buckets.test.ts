import { expect, test } from 'vitest'
import { ceilToBucket, floorToBucket, type RollupGrain } from './time-buckets'

test.each<[RollupGrain, string, string, string]>([
  ['minute', '2026-11-24T13:07:30.500Z', '2026-11-24T13:07:00.000Z', '2026-11-24T13:08:00.000Z'],
  ['hour', '2026-11-24T13:07:30.500Z', '2026-11-24T13:00:00.000Z', '2026-11-24T14:00:00.000Z'],
  ['day', '2024-02-29T23:59:59.999Z', '2024-02-29T00:00:00.000Z', '2024-03-01T00:00:00.000Z'],
  ['day', '2024-03-01T00:00:00.000Z', '2024-03-01T00:00:00.000Z', '2024-03-01T00:00:00.000Z'],
  // 2026-11-23 was a Monday.
  ['week', '2026-11-24T13:07:30.500Z', '2026-11-23T00:00:00.000Z', '2026-11-30T00:00:00.000Z'],
  ['week', '2026-11-29T23:59:59.999Z', '2026-11-23T00:00:00.000Z', '2026-11-30T00:00:00.000Z'],
  ['week', '2026-11-23T00:00:00.000Z', '2026-11-23T00:00:00.000Z', '2026-11-23T00:00:00.000Z'],
  // Across a year's end: Thursday.
  ['week', '2026-01-01T00:00:00.000Z', '2025-12-29T00:00:00.000Z', '2026-01-05T00:00:00.000Z'],
])('the %s of %s runs from %s to %s', (grain, at, from, to) => {
  expect(new Date(floorToBucket(Date.parse(at), grain)).toISOString()).toBe(from)
  expect(new Date(ceilToBucket(Date.parse(at), grain)).toISOString()).toBe(to)
})

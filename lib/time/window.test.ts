import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PERIOD_NAMES, PERIODS } from './period'
import { ceilToBucket, floorToBucket, GRANULARITIES, GRANULARITY_MS } from './time-buckets'
import { previousWindow, resolveWindow } from './window'

const iso = (ms: number) => new Date(ms).toISOString()
const resolve = (parameters: Parameters<typeof resolveWindow>[0], now: string) => {
  const { fromMs, toMs } = resolveWindow(parameters, Date.parse(now))
  return [iso(fromMs), iso(toMs)]
}

describe('floorToBucket and ceilToBucket', () => {
  test.each([
    ['2024-02-29T23:59:59.999Z', 'minute', '2024-02-29T23:59:00.000Z', '2024-03-01T00:00:00.000Z'],
    ['2024-02-29T23:59:59.999Z', 'hour', '2024-02-29T23:00:00.000Z', '2024-03-01T00:00:00.000Z'],
    ['2024-02-29T23:59:59.999Z', 'day', '2024-02-29T00:00:00.000Z', '2024-03-01T00:00:00.000Z'],
    ['2024-03-01T00:00:00.000Z', 'day', '2024-03-01T00:00:00.000Z', '2024-03-01T00:00:00.000Z'],
    // A quarter of the world changes its clocks at these moments; UTC days do not.
    ['2026-03-29T01:00:00.001Z', 'day', '2026-03-29T00:00:00.000Z', '2026-03-30T00:00:00.000Z'],
    ['1969-12-31T23:59:59.999Z', 'day', '1969-12-31T00:00:00.000Z', '1970-01-01T00:00:00.000Z'],
  ] as const)('%s lies in the %s from %s to %s', (time, granularity, start, end) => {
    expect(iso(floorToBucket(Date.parse(time), granularity))).toBe(start)
    expect(iso(ceilToBucket(Date.parse(time), granularity))).toBe(end)
  })

  test('are the nearest edges on either side', () => {
    const time = fc.integer({ min: 0, max: 4e12 })
    fc.assert(
      fc.property(time, fc.constantFrom(...GRANULARITIES), (timeMs, granularity) => {
        const width = GRANULARITY_MS[granularity]
        const floor = floorToBucket(timeMs, granularity)
        const ceil = ceilToBucket(timeMs, granularity)
        expect(floor % width).toBe(0)
        expect(timeMs - floor).toBeLessThan(width)
        expect(floor).toBeLessThanOrEqual(timeMs)
        expect(ceil).toBe(floor === timeMs ? timeMs : floor + width)
      }),
    )
  })
})

describe('resolveWindow', () => {
  const NOW = '2024-03-01T15:30:20.500Z'

  test.each([
    ['24h', '2024-02-29T15:31:00.000Z', '2024-03-01T15:31:00.000Z'],
    ['7d', '2024-02-23T16:00:00.000Z', '2024-03-01T16:00:00.000Z'],
    ['30d', '2024-02-01T00:00:00.000Z', '2024-03-02T00:00:00.000Z'],
    ['90d', '2023-12-03T00:00:00.000Z', '2024-03-02T00:00:00.000Z'],
  ] as const)('%s is from %s to %s, with the bucket that is filling now', (period, from, to) => {
    expect(resolve({ period }, NOW)).toEqual([from, to])
  })

  test('both ends win over a period and are widened to whole minutes', () => {
    const parameters = {
      period: '7d',
      from: '2024-01-01T01:00:30+01:00',
      to: '2024-01-02T00:00:00.001Z',
    } as const
    expect(resolve(parameters, NOW)).toEqual(['2024-01-01T00:00:00.000Z', '2024-01-02T00:01:00.000Z'])
  })

  test('always spans the length its name says, holds now, and ends within one bucket of it', () => {
    const now = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2040, 0, 1) })
    fc.assert(
      fc.property(now, fc.constantFrom(...PERIOD_NAMES), (nowMs, period) => {
        const { fromMs, toMs } = resolveWindow({ period }, nowMs)
        expect(toMs - fromMs).toBe(PERIODS[period].lengthMs)
        expect(toMs).toBeGreaterThan(nowMs)
        expect(toMs - nowMs).toBeLessThanOrEqual(GRANULARITY_MS[PERIODS[period].snap])
      }),
    )
  })
})

test('the previous window is as long and ends where this one begins', () => {
  expect(previousWindow({ fromMs: 100, toMs: 130 })).toEqual({ fromMs: 70, toMs: 100 })
})

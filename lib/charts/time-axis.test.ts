import { describe, expect, test } from 'vitest'
import { formatTick, granularityForWindow, listBuckets, listTicks } from './time-axis'

const at = (iso: string) => Date.parse(iso)
const HOUR = 3_600_000
const DAY = 24 * HOUR

describe('the columns of a window', () => {
  test('cover it from edge to edge, empty ones too', () => {
    const window = { fromMs: at('2026-11-01T00:00:00Z'), toMs: at('2026-12-01T00:00:00Z') }
    const buckets = listBuckets(window, 'day', at('2027-01-01T00:00:00Z'))
    expect(buckets).toHaveLength(30)
    expect(buckets.some((bucket) => bucket.isPartial)).toBe(false)
  })

  test('the column that is still filling is partial, and none lies in the future', () => {
    const window = { fromMs: at('2026-11-14T00:00:00Z'), toMs: at('2026-11-15T00:00:00Z') }
    const buckets = listBuckets(window, 'hour', at('2026-11-14T09:20:00Z'))
    expect(buckets).toHaveLength(10)
    expect(buckets.map((bucket) => bucket.isPartial)).toEqual([...Array(9).fill(false), true])
  })

  test('a column cut by the edge of the window is partial', () => {
    const window = { fromMs: at('2026-11-14T09:30:00Z'), toMs: at('2026-11-14T12:00:00Z') }
    const buckets = listBuckets(window, 'hour', at('2026-11-20T00:00:00Z'))
    expect(buckets[0]).toEqual({
      startMs: at('2026-11-14T09:00:00Z'),
      endMs: at('2026-11-14T10:00:00Z'),
      isPartial: true,
    })
    expect(buckets.at(-1)?.isPartial).toBe(false)
  })

  test('the leap day is a day', () => {
    const window = { fromMs: at('2024-02-28T00:00:00Z'), toMs: at('2024-03-02T00:00:00Z') }
    const starts = listBuckets(window, 'day', at('2024-04-01T00:00:00Z')).map((bucket) => bucket.startMs)
    expect(starts).toContain(at('2024-02-29T00:00:00Z'))
    expect(starts).toHaveLength(3)
  })
})

test.each([
  [HOUR, 0, 'minute'],
  [DAY, 0, 'hour'],
  [7 * DAY, 0, 'hour'],
  [8 * DAY, 0, 'day'],
  [90 * DAY, 0, 'day'],
  [HOUR, 6 * DAY, 'minute'],
  [HOUR, 8 * DAY, 'hour'],
  [HOUR, 399 * DAY, 'hour'],
  [HOUR, 401 * DAY, 'day'],
  [DAY, 401 * DAY, 'day'],
] as const)('a window of %d ms that ended %d ms ago is drawn per %s', (length, ago, granularity) => {
  const nowMs = at('2026-11-20T12:00:00Z')
  const window = { fromMs: nowMs - ago - length, toMs: nowMs - ago }
  expect(granularityForWindow(window, nowMs)).toBe(granularity)
})

describe('ticks', () => {
  const days = (count: number) =>
    listBuckets(
      { fromMs: at('2026-08-20T00:00:00Z'), toMs: at('2026-08-20T00:00:00Z') + count * DAY },
      'day',
      at('2027-01-01T00:00:00Z'),
    )

  test('a week of hours is labelled at midnight', () => {
    const window = { fromMs: at('2026-11-07T10:00:00Z'), toMs: at('2026-11-14T10:00:00Z') }
    const ticks = listTicks(listBuckets(window, 'hour', at('2026-12-01T00:00:00Z')), 8)
    expect(ticks).toHaveLength(7)
    expect(ticks.every((tick) => tick % DAY === 0)).toBe(true)
  })

  test('the newest day is always labelled, and there are never too many', () => {
    for (const count of [10, 30, 90, 400, 1200]) {
      const buckets = days(count)
      const ticks = listTicks(buckets, 8)
      expect(ticks.at(-1)).toBe(buckets.at(-1)?.startMs)
      expect(ticks.length).toBeLessThanOrEqual(14)
    }
  })

  test('midnight is named by its day', () => {
    expect(formatTick(at('2026-11-14T00:00:00Z'))).toBe('14 Nov')
    expect(formatTick(at('2026-11-14T06:00:00Z'))).toBe('06:00')
  })

  test('no columns, no ticks', () => {
    expect(listTicks([], 8)).toEqual([])
  })
})

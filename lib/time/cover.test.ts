import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { alignWindow, bucketCount, coverWindow, coverWithWeeks } from './cover'
import { finestGranularity, horizonsAt } from './horizons'
import { floorToBucket, GRANULARITY_MS, ROLLUP_GRAINS } from './time-buckets'
import type { TimeWindow } from './window'

const DAY_MS = GRANULARITY_MS.day
const HOUR_MS = GRANULARITY_MS.hour
const MINUTE_MS = GRANULARITY_MS.minute
const NOW_MS = Date.parse('2024-03-01T15:30:20.500Z')
const HORIZONS = horizonsAt(NOW_MS)

/** Windows around every boundary that matters: now, midnight, the two horizons and the leap day before. */
const moment = fc
  .tuple(
    fc.constantFrom(NOW_MS, HORIZONS.minuteFromMs, HORIZONS.hourFromMs, Date.parse('2024-02-29T00:00:00Z')),
    fc.oneof(
      fc.integer({ min: -3 * DAY_MS, max: 3 * DAY_MS }),
      fc.integer({ min: -50, max: 50 }).map((hours) => hours * HOUR_MS),
      fc.constantFrom(0, -1, 1),
    ),
  )
  .map(([anchorMs, offsetMs]) => anchorMs + offsetMs)
const anyWindow = fc
  .tuple(moment, moment)
  .filter(([a, b]) => a !== b)
  .map(([a, b]): TimeWindow => ({ fromMs: Math.min(a, b), toMs: Math.max(a, b) }))

const window = (from: string, to: string): TimeWindow => ({ fromMs: Date.parse(from), toMs: Date.parse(to) })
const shown = (value: TimeWindow) => [value.fromMs, value.toMs].map((ms) => new Date(ms).toISOString())

describe('alignWindow', () => {
  test.each([
    [
      'minutes are kept',
      '2024-03-01T10:02:03Z',
      '2024-03-01T11:00:01Z',
      '2024-03-01T10:02',
      '2024-03-01T11:01',
    ],
    [
      'hours are kept',
      '2024-01-10T10:02:00Z',
      '2024-01-10T11:01:00Z',
      '2024-01-10T10:00',
      '2024-01-10T12:00',
    ],
    ['days are kept', '2022-01-10T10:02:00Z', '2022-01-10T11:01:00Z', '2022-01-10T00:00', '2022-01-11T00:00'],
    ['ends differ', '2022-01-10T10:02:00Z', '2024-03-01T11:00:01Z', '2022-01-10T00:00', '2024-03-01T11:01'],
  ])('widens to whole buckets where %s', (_name, from, to, alignedFrom, alignedTo) => {
    expect(alignWindow(window(from, to), HORIZONS)).toEqual(window(`${alignedFrom}Z`, `${alignedTo}Z`))
  })

  test('widens to whole hours where nothing finer is kept of a kind', () => {
    const asked = window('2024-03-01T10:02:00Z', '2024-03-01T11:00:30Z')
    expect(alignWindow(asked, HORIZONS, 'hour')).toEqual(window('2024-03-01T10:00Z', '2024-03-01T12:00Z'))
    const old = window('2022-01-10T10:02:00Z', '2024-03-01T11:00:30Z')
    expect(alignWindow(old, HORIZONS, 'hour')).toEqual(window('2022-01-10T00:00Z', '2024-03-01T12:00Z'))
  })

  test('ends at midnight without reaching into the finer grain after it', () => {
    const { hourFromMs } = HORIZONS
    const ending = { fromMs: hourFromMs - DAY_MS, toMs: hourFromMs }
    expect(alignWindow(ending, HORIZONS)).toEqual(ending)
  })

  test('never narrows, adds less than a bucket at each end, and changes an aligned window no more', () => {
    fc.assert(
      fc.property(anyWindow, (asked) => {
        const aligned = alignWindow(asked, HORIZONS)
        const widthAt = (ms: number) => GRANULARITY_MS[finestGranularity(ms, HORIZONS)]
        expect(aligned.fromMs).toBeLessThanOrEqual(asked.fromMs)
        expect(aligned.toMs).toBeGreaterThanOrEqual(asked.toMs)
        expect(asked.fromMs - aligned.fromMs).toBeLessThan(widthAt(asked.fromMs))
        expect(aligned.toMs - asked.toMs).toBeLessThan(widthAt(asked.toMs - 1))
        expect(alignWindow(aligned, HORIZONS)).toEqual(aligned)
      }),
    )
  })
})

describe('coverWindow', () => {
  test('takes days in the middle, hours and minutes at the ends', () => {
    const segments = coverWindow(window('2024-02-27T22:58:00Z', '2024-03-01T01:02:00Z'))
    expect(segments.map((segment) => [segment.granularity, ...shown(segment)])).toEqual([
      ['minute', '2024-02-27T22:58:00.000Z', '2024-02-27T23:00:00.000Z'],
      ['hour', '2024-02-27T23:00:00.000Z', '2024-02-28T00:00:00.000Z'],
      ['day', '2024-02-28T00:00:00.000Z', '2024-03-01T00:00:00.000Z'],
      ['hour', '2024-03-01T00:00:00.000Z', '2024-03-01T01:00:00.000Z'],
      ['minute', '2024-03-01T01:00:00.000Z', '2024-03-01T01:02:00.000Z'],
    ])
  })

  test('takes weeks from Monday on where they are kept, and days around them', () => {
    const segments = coverWithWeeks(window('2024-02-10T00:00:00Z', '2024-03-01T01:00:00Z'))
    expect(segments.map((segment) => [segment.granularity, ...shown(segment)])).toEqual([
      ['day', '2024-02-10T00:00:00.000Z', '2024-02-12T00:00:00.000Z'],
      ['week', '2024-02-12T00:00:00.000Z', '2024-02-26T00:00:00.000Z'],
      ['day', '2024-02-26T00:00:00.000Z', '2024-03-01T00:00:00.000Z'],
      ['hour', '2024-03-01T00:00:00.000Z', '2024-03-01T01:00:00.000Z'],
    ])
  })

  test('reads an empty window from nowhere', () => {
    expect(coverWindow({ fromMs: NOW_MS, toMs: NOW_MS })).toEqual([])
  })

  test('tiles an aligned window exactly, in order, each edge on its grain and no finer than what is kept', () => {
    fc.assert(
      fc.property(anyWindow, fc.constantFrom(...ROLLUP_GRAINS), (asked, coarsest) => {
        const aligned = alignWindow(asked, HORIZONS)
        // Series are refused where their grain is no longer kept.
        fc.pre(
          coarsest === 'day' || coarsest === 'week' || finestGranularity(aligned.fromMs, HORIZONS) !== 'day',
        )
        fc.pre(coarsest !== 'minute' || finestGranularity(aligned.fromMs, HORIZONS) === 'minute')
        const segments = coarsest === 'week' ? coverWithWeeks(aligned) : coverWindow(aligned, coarsest)
        let coveredToMs = aligned.fromMs
        for (const { fromMs, toMs, granularity } of segments) {
          expect(fromMs).toBe(coveredToMs)
          expect(toMs).toBeGreaterThan(fromMs)
          expect([fromMs, toMs]).toEqual([
            floorToBucket(fromMs, granularity),
            floorToBucket(toMs, granularity),
          ])
          const finest = finestGranularity(fromMs, HORIZONS)
          expect(ROLLUP_GRAINS.indexOf(granularity)).toBeGreaterThanOrEqual(ROLLUP_GRAINS.indexOf(finest))
          expect(ROLLUP_GRAINS.indexOf(granularity)).toBeLessThanOrEqual(ROLLUP_GRAINS.indexOf(coarsest))
          coveredToMs = toMs
        }
        expect(coveredToMs).toBe(aligned.toMs)
      }),
      { numRuns: 500 },
    )
  })

  test('needs few buckets: under two hours of minutes and two days of hours beside the days', () => {
    fc.assert(
      fc.property(anyWindow, (asked) => {
        const buckets = { minute: 0, hour: 0, day: 0 }
        for (const segment of coverWindow(alignWindow(asked, HORIZONS))) {
          buckets[segment.granularity] += bucketCount(segment, segment.granularity)
        }
        expect(buckets.minute).toBeLessThan(120)
        expect(buckets.hour).toBeLessThan(48)
      }),
    )
  })
})

test.each([
  [0, MINUTE_MS, 'minute', 1],
  [30_000, MINUTE_MS, 'minute', 1],
  [30_000, 90_000, 'minute', 2],
  [0, 7 * DAY_MS, 'hour', 168],
  [DAY_MS - 1, DAY_MS + 1, 'day', 2],
] as const)('[%d, %d) touches buckets of one %s: %d', (fromMs, toMs, granularity, count) => {
  expect(bucketCount({ fromMs, toMs }, granularity)).toBe(count)
})

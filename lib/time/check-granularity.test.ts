import { describe, expect, test } from 'vitest'
import { AppError } from '../platform/errors'
import { checkGranularity, MAX_POINTS } from './check-granularity'
import { horizonsAt } from './horizons'
import { GRANULARITY_MS, type Granularity } from './time-buckets'

const NOW_MS = Date.UTC(2026, 10, 24)

/** What is said of a window of so many whole buckets that ends now; null when it is answered. */
function saidOf({
  granularity,
  buckets,
  ...series
}: {
  granularity: Granularity
  buckets: number
  seriesCount: number
  limit?: number
}): AppError | null {
  const window = { fromMs: NOW_MS - buckets * GRANULARITY_MS[granularity], toMs: NOW_MS }
  try {
    checkGranularity({ granularity, window, horizons: horizonsAt(NOW_MS), ...series })
    return null
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
}

describe('is answered', () => {
  test.each([
    { granularity: 'hour', buckets: 90 * 24, seriesCount: 101 },
    { granularity: 'minute', buckets: 7 * 24 * 60, seriesCount: 21 },
    { granularity: 'hour', buckets: 400 * 24, seriesCount: 1 },
    // The widest windows that pages show in minutes and hours, with every row's trend.
    { granularity: 'minute', buckets: 181, seriesCount: 101 },
    { granularity: 'hour', buckets: 169, seriesCount: 101 },
    { granularity: 'hour', buckets: 1_000, seriesCount: 250 },
    { granularity: 'day', buckets: 10 * 365, seriesCount: 101 },
  ] as const)('$buckets buckets of one $granularity in $seriesCount series', (wanted) => {
    expect(saidOf(wanted)).toBeNull()
  })
})

describe('is refused, with what to use instead', () => {
  test.each([
    [
      { granularity: 'hour', buckets: 9_000, seriesCount: 31, limit: 30 },
      ['granularity', 'limit'],
      'granularity, limit: This window has 9000 buckets of one hour, with 31 series 279000 points; at most 250000 are answered. Use granularity=day, or a window of 8064 hours or less, or limit=26.',
    ],
    [
      { granularity: 'minute', buckets: 10_080, seriesCount: 101, limit: 100 },
      ['granularity', 'limit'],
      'granularity, limit: This window has 10080 buckets of one minute, with 101 series 1018080 points; at most 250000 are answered. Use granularity=hour, or a window of 2475 minutes or less, or limit=23.',
    ],
    [
      { granularity: 'hour', buckets: 9_000, seriesCount: 31 },
      ['granularity'],
      'granularity: This window has 9000 buckets of one hour, with 31 series 279000 points; at most 250000 are answered. Use granularity=day, or a window of 8064 hours or less.',
    ],
    [
      { granularity: 'day', buckets: MAX_POINTS + 1, seriesCount: 5, limit: 4 },
      ['granularity'],
      'granularity: This window has 250001 buckets of one day, with 1 series 250001 points; at most 250000 are answered. Use a window of 250000 days or less.',
    ],
    [
      { granularity: 'hour', buckets: 401 * 24, seriesCount: 1 },
      ['granularity'],
      'granularity: hour rollups are kept from 2025-10-20T00:00:00.000Z on. Use granularity=day.',
    ],
  ] as const)('%o', (wanted, paths, message) => {
    const error = saidOf(wanted)
    expect(error?.code).toBe('bad_request')
    expect(error?.details?.map(({ path }) => path)).toEqual(paths)
    expect(error?.message).toBe(message)
  })

  test('what it says to use instead is answered', () => {
    const wanted = { granularity: 'hour', buckets: 9_000, seriesCount: 31, limit: 30 } as const
    expect(saidOf({ ...wanted, buckets: 8_064 })).toBeNull()
    expect(saidOf({ ...wanted, buckets: 8_065 })).not.toBeNull()
    expect(saidOf({ ...wanted, limit: 26, seriesCount: 27 })).toBeNull()
    expect(saidOf({ ...wanted, limit: 27, seriesCount: 28 })).not.toBeNull()
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { wilsonInterval } from './wilson-interval'

describe('wilsonInterval', () => {
  // Newcombe 1998, table I, method 3, and z² ÷ (n + z²), which is the upper end at 0 of n.
  test.each<[string, number, number, number, number]>([
    ['none of one', 0, 1, 0, 0.7935],
    ['one of one', 1, 1, 0.2065, 1],
    ['none of ten', 0, 10, 0, 0.2775],
    ['all of ten', 10, 10, 0.7225, 1],
    ['none of twenty', 0, 20, 0, 0.1611],
    ['one of ten', 1, 10, 0.0179, 0.4042],
    ['half of ten', 5, 10, 0.2366, 0.7634],
    ['5 of 20', 5, 20, 0.1119, 0.4687],
    ['15 of 148', 15, 148, 0.0624, 0.1605],
    ['1 of 29', 1, 29, 0.0061, 0.1718],
    ['81 of 263', 81, 263, 0.2553, 0.3662],
  ])('%s', (_case, hits, sample, low, high) => {
    const interval = wilsonInterval({ hits, sample })
    expect(interval?.low).toBeCloseTo(low, 4)
    expect(interval?.high).toBeCloseTo(high, 4)
  })

  test('says nothing of an empty sample', () => {
    expect(wilsonInterval({ hits: 0, sample: 0 })).toBeNull()
  })

  test('reaches the ends of the scale exactly', () => {
    expect(wilsonInterval({ hits: 0, sample: 37 })?.low).toBe(0)
    expect(wilsonInterval({ hits: 37, sample: 37 })?.high).toBe(1)
  })

  const counts = fc
    .integer({ min: 1, max: 100_000 })
    .chain((sample) => fc.record({ sample: fc.constant(sample), hits: fc.integer({ min: 0, max: sample }) }))

  test('holds the share itself and stays within 0 and 1', () => {
    fc.assert(
      fc.property(counts, ({ hits, sample }) => {
        const { low = -1, high = 2 } = wilsonInterval({ hits, sample }) ?? {}
        const share = hits / sample
        return low >= 0 && high <= 1 && low <= share + 1e-12 && high >= share - 1e-12 && low < high
      }),
    )
  })

  test('mirrors: what failed and what did not have mirrored intervals', () => {
    fc.assert(
      fc.property(counts, ({ hits, sample }) => {
        const bad = wilsonInterval({ hits, sample })
        const good = wilsonInterval({ hits: sample - hits, sample })
        expect(1 - (good?.high ?? 0)).toBeCloseTo(bad?.low ?? 1, 9)
      }),
    )
  })

  test('narrows as the sample grows', () => {
    const width = (sample: number) => {
      const { low = 0, high = 0 } = wilsonInterval({ hits: sample / 4, sample }) ?? {}
      return high - low
    }
    expect(width(400)).toBeLessThan(width(100))
  })
})

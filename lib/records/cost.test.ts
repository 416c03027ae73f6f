import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { microUsdToUsd, usdToMicroUsd } from './cost'

describe('usdToMicroUsd', () => {
  test.each([
    [0, 0],
    [0.0021, 2100],
    [1, 1_000_000],
    [0.0000004, 0],
    [0.0000005, 1],
    [1.0000005, 1_000_001],
    [-0.0000005, -1],
    [-0.0000004, 0],
    [-2.5, -2_500_000],
    [0.1 + 0.2, 300_000],
  ])('$%d is %d micro-USD', (usd, microUsd) => {
    expect(usdToMicroUsd(usd)).toBe(microUsd)
  })

  test('is undone by microUsdToUsd', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (microUsd) => {
        expect(usdToMicroUsd(microUsdToUsd(microUsd))).toBe(microUsd === 0 ? 0 : microUsd)
      }),
    )
  })

  test('passes on what is no amount', () => {
    expect(usdToMicroUsd(Number.NaN)).toBeNaN()
  })
})

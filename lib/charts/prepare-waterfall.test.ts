import fc from 'fast-check'
import { expect, test } from 'vitest'
import { prepareWaterfall } from './prepare-waterfall'

test('attempts stand one after the other, as long as they took', () => {
  const { totalMs, bars } = prepareWaterfall([
    { startedAfterMs: 0, latencyMs: null, durationMs: 3000 },
    { startedAfterMs: 3000, latencyMs: 200, durationMs: 1000 },
  ])
  expect(totalMs).toBe(4000)
  expect(bars).toEqual([
    { left: 0, width: 75, waitWidth: 0 },
    { left: 75, width: 25, waitWidth: 5 },
  ])
})

test('an attempt of unknown length can be seen, also at the end', () => {
  const { bars } = prepareWaterfall([
    { startedAfterMs: 0, latencyMs: null, durationMs: 1000 },
    { startedAfterMs: 1000, latencyMs: 50, durationMs: null },
  ])
  expect(bars[1]).toMatchObject({ left: 99.4, waitWidth: 0 })
  expect(bars[1]?.width).toBeCloseTo(0.6)
})

test('nothing known is no division by zero', () => {
  expect(prepareWaterfall([{ startedAfterMs: 0, latencyMs: null, durationMs: null }])).toEqual({
    totalMs: 0,
    bars: [{ left: 0, width: 0.6, waitWidth: 0 }],
  })
  expect(prepareWaterfall([])).toEqual({ totalMs: 0, bars: [] })
})

test('bars stay inside their track', () => {
  const attempt = fc.record({
    startedAfterMs: fc.integer({ min: -1000, max: 100_000 }),
    latencyMs: fc.option(fc.nat(100_000)),
    durationMs: fc.option(fc.nat(100_000)),
  })
  fc.assert(
    fc.property(fc.array(attempt), (attempts) => {
      for (const { left, width, waitWidth } of prepareWaterfall(attempts).bars) {
        expect(left).toBeGreaterThanOrEqual(0)
        expect(width).toBeGreaterThan(0)
        expect(left + width).toBeLessThanOrEqual(100.0001)
        expect(waitWidth).toBeLessThanOrEqual(width)
      }
    }),
  )
})

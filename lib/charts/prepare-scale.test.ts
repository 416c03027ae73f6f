import { describe, expect, test } from 'vitest'
import { linearTicks, logTicks, prepareScale } from './prepare-scale'
import type { PreparedChart } from './prepare-series'

const chart: PreparedChart = {
  buckets: [0, 1, 2].map((index) => ({ startMs: index, endMs: index + 1, isPartial: false })),
  series: [
    { key: 'a', label: 'a', color: 'red', values: [30, 0, null], total: 30 },
    { key: 'b', label: 'b', color: 'blue', values: [10, 0, 5000], total: 5010 },
  ],
  totals: [40, 0, 5000],
}

test('linear stacks the values as they are, up to a round number', () => {
  const scaled = prepareScale(chart, 'linear')
  expect(scaled.mark).toBe('columns')
  expect(scaled.rows).toEqual([
    [30, 10],
    [0, 0],
    [null, 5000],
  ])
  expect(scaled.domain).toEqual([0, 6000])
})

test('percent divides by the column, and an empty column is a gap', () => {
  expect(prepareScale(chart, 'percent').rows).toEqual([
    [0.75, 0.25],
    [null, null],
    [null, 1],
  ])
})

test('log draws lines and has no place for zero', () => {
  const scaled = prepareScale(chart, 'log')
  expect(scaled.mark).toBe('lines')
  expect(scaled.rows[1]).toEqual([null, null])
  expect(scaled.domain).toEqual([10, 10_000])
})

describe('lines of measures', () => {
  const linesOf = (values: (number | null)[]): PreparedChart => ({
    buckets: values.map((_, index) => ({ startMs: index, endMs: index + 1, isPartial: false })),
    series: [{ key: 'a', label: 'a', color: 'red', values, total: 0 }],
    totals: [],
  })

  test('begin at zero on a linear axis and keep gaps', () => {
    const scaled = prepareScale(linesOf([120, null, 380]), 'lines')
    expect(scaled).toMatchObject({ mark: 'lines', axis: 'linear', domain: [0, 400] })
    expect(scaled.rows).toEqual([[120], [null], [380]])
  })

  test('cropped, they begin just below the lowest value', () => {
    const { domain } = prepareScale(linesOf([0.91, 0.97, 1]), 'cropped')
    expect(domain[0]).toBeCloseTo(0.9)
    expect(domain[1]).toBeCloseTo(1)
  })

  test('cropped, values that hardly differ do not fill the height', () => {
    const { domain } = prepareScale(linesOf([0.9999, 1]), 'cropped')
    expect(domain[1] - domain[0]).toBeGreaterThanOrEqual(0.0024)
  })

  test('have an axis even when nothing is known', () => {
    expect(prepareScale(linesOf([null]), 'cropped').domain).toEqual([0, 1])
  })
})

describe('linear ticks', () => {
  test.each([
    [0, [0, 1]],
    [1, [0, 0.25, 0.5, 0.75, 1]],
    [7, [0, 2, 4, 6, 8]],
    [1_000_000_000, [0, 250e6, 500e6, 750e6, 1e9]],
    [1_010_000_000, [0, 500e6, 1e9, 1.5e9]],
  ])('up to %d', (highest, ticks) => {
    expect(linearTicks(highest)).toEqual(ticks)
  })
})

describe('log ticks', () => {
  test('are powers of ten around the values', () => {
    expect(logTicks(30, 5000)).toEqual([10, 100, 1000, 10_000])
  })

  test('span at least one decade and stay few', () => {
    expect(logTicks(100, 100)).toEqual([100, 1000])
    expect(logTicks(1, 1e15).length).toBeLessThanOrEqual(6)
  })
})

test('a chart without series still has an axis', () => {
  const empty: PreparedChart = { buckets: [], series: [], totals: [] }
  expect(prepareScale(empty, 'linear').domain).toEqual([0, 1])
  expect(prepareScale(empty, 'log').domain).toEqual([1, 10])
})

test.each([
  [1, [0, 1]],
  [3, [0, 1, 2, 3]],
  [7, [0, 2, 4, 6, 8]],
  [10, [0, 5, 10]],
  [100, [0, 25, 50, 75, 100]],
])('counts up to %i have whole ticks', (highest, ticks) => {
  expect(linearTicks(highest, { isWhole: true })).toEqual(ticks)
})

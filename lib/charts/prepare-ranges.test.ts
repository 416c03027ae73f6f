import { expect, test } from 'vitest'
import { prepareRanges } from './prepare-ranges'

const UNKNOWN = { low: null, middle: null, high: null }

test('equal factors are equal distances, between whole powers of ten', () => {
  const { ticks, ranges } = prepareRanges([
    { low: 0.01, middle: 0.1, high: 1 },
    { low: 0.1, middle: 10, high: 100 },
  ])
  expect(ticks.map(({ value }) => value)).toEqual(
    [0.01, 0.1, 1, 10, 100].map((value) => expect.closeTo(value, 10)),
  )
  expect(ticks.map(({ position }) => position)).toEqual(
    [0, 0.25, 0.5, 0.75, 1].map((value) => expect.closeTo(value, 10)),
  )
  expect(ranges[0]).toEqual({ low: 0, middle: expect.closeTo(0.25, 10), high: expect.closeTo(0.5, 10) })
})

test('what is not known is not drawn', () => {
  expect(prepareRanges([UNKNOWN, { low: 1, middle: 1, high: 1 }]).ranges[0]).toEqual(UNKNOWN)
  expect(prepareRanges([UNKNOWN])).toEqual({ ticks: [], ranges: [UNKNOWN] })
})

test('zero stands at the left end, which a logarithmic axis never reaches', () => {
  const { ranges } = prepareRanges([{ low: 0, middle: 5, high: 10 }])
  expect(ranges[0]?.low).toBe(0)
  expect(prepareRanges([{ low: 0, middle: 0, high: 0 }]).ticks).toEqual([])
})

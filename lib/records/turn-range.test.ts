import { expect, test } from 'vitest'
import { TURN_RANGES, turnRangeIndex } from './turn-range'

test.each([
  [0, '1'],
  [1, '1'],
  [2, '2–9'],
  [9, '2–9'],
  [10, '10–49'],
  [49, '10–49'],
  [50, '50+'],
  [5000, '50+'],
])('a session of %i turns is of the class %s', (turns, expected) => {
  expect(TURN_RANGES[turnRangeIndex(turns)]).toBe(expected)
})

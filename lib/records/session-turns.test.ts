import { expect, test } from 'vitest'
import { TURN_RANGE_STARTS, TURN_RANGES, turnRangeIndex } from './session-turns'

test.each([
  [1, '1'],
  [2, '2–9'],
  [9, '2–9'],
  [10, '10–49'],
  [49, '10–49'],
  [50, '50+'],
  [100_000, '50+'],
])('a session of %i turns is of the class %s', (turns, expected) => {
  expect(TURN_RANGES[turnRangeIndex(turns)]).toBe(expected)
})

test('every class says where it starts', () => {
  expect(TURN_RANGE_STARTS.map((start) => TURN_RANGES[turnRangeIndex(start)])).toEqual([...TURN_RANGES])
})

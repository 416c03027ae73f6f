import { expect, test } from 'vitest'
import { compareNames } from './compare-text'

test('names go by their letters, whatever their case', () => {
  const expected = ['aurora', 'Borealis', 'helios', 'Helios 2']
  expect([...expected].reverse().sort(compareNames)).toEqual(expected)
})

test('names that differ in case alone have one order', () => {
  expect(['helios', 'Helios'].sort(compareNames)).toEqual(['Helios', 'helios'])
  expect(['Helios', 'helios'].sort(compareNames)).toEqual(['Helios', 'helios'])
})

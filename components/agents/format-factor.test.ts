import { expect, test } from 'vitest'
import { formatFactor } from './format-factor'

test.each([
  [1230, 100, '12.3×'],
  [50, 100, '0.50×'],
  [0, 100, '0×'],
  [100, 0, ''],
  [100, 0.02, ''],
  [null, 100, ''],
  [100, null, ''],
])('%s against %s reads as “%s”', (value, of, expected) => {
  expect(formatFactor(value, of)).toBe(expected)
})

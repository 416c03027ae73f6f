import { expect, test } from 'vitest'
import { sparklinePath } from './sparkline-path'

const size = { width: 100, height: 23 }

test('runs from zero at the bottom to the maximum at the top', () => {
  expect(sparklinePath([0, 5, 10], size)).toBe('M0,21.5L50,11.5L100,1.5')
})

test('one point is no trend', () => {
  expect(sparklinePath([4], size)).toBeNull()
  expect(sparklinePath([], size)).toBeNull()
})

test('silence is a flat line at zero', () => {
  expect(sparklinePath([0, 0], size)).toBe('M0,21.5L100,21.5')
})

test('a long series is averaged down to what can be seen', () => {
  const path = sparklinePath(
    Array.from({ length: 500 }, () => 7),
    size,
  )
  expect(path?.split('L')).toHaveLength(50)
  expect(path).toMatch(/L100,1.5$/)
})

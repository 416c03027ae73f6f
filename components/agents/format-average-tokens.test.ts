import { expect, test } from 'vitest'
import { formatAverageTokens } from './format-average-tokens'

test.each([
  [0, '0'],
  [0.01, '<1'],
  [0.5, '1'],
  [1234.6, '1,235'],
])('%s reads as “%s”', (tokens, expected) => {
  expect(formatAverageTokens(tokens)).toBe(expected)
})

import { expect, test } from 'vitest'
import { CONTEXT_LENGTHS, contextLengthIndex } from './context-length'

test.each([
  [0, '1K'],
  [1_000, '1K'],
  [1_001, '10K'],
  [10_000, '10K'],
  [100_000, '100K'],
  [100_001, '1M'],
  [1_000_000, '1M'],
  [1_000_001, '10M'],
  [50_000_000, '10M'],
])('%i tokens are a request of up to %s', (tokens, expected) => {
  expect(CONTEXT_LENGTHS[contextLengthIndex(tokens)]).toBe(expected)
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { agenticShareOf, type CallerSums, classifyCallerBySums } from './caller-class'

/** A caller with one agentic and one human request; overrides last. */
function makeSums(overrides: Partial<CallerSums> = {}): CallerSums {
  return { totalTokens: 1000, agenticTokens: 500, agenticRequests: 1, humanRequests: 1, ...overrides }
}

describe('by its tokens a caller is', () => {
  test.each([
    ['agentic when all tokens are', { agenticTokens: 1000 }, 'agentic'],
    ['agentic at exactly 80 %', { agenticTokens: 800 }, 'agentic'],
    ['mixed just below 80 %', { agenticTokens: 799 }, 'mixed'],
    ['mixed just above 20 %', { agenticTokens: 201 }, 'mixed'],
    ['human at exactly 20 %', { agenticTokens: 200 }, 'human'],
    ['human when no tokens are agentic', { agenticTokens: 0, agenticRequests: 0 }, 'human'],
    [
      'unknown when no request is known',
      { agenticTokens: 0, agenticRequests: 0, humanRequests: 0 },
      'unknown',
    ],
    ['unknown without tokens', { totalTokens: 0, agenticTokens: 0 }, 'unknown'],
  ] as const)('%s', (_, overrides, expected) => {
    expect(classifyCallerBySums(makeSums(overrides), null)).toBe(expected)
  })

  test('mixed when unknown requests hold back the share: they are part of all its tokens', () => {
    const sums = makeSums({ totalTokens: 1000, agenticTokens: 700, humanRequests: 0 })
    expect(agenticShareOf(sums)).toBe(0.7)
    expect(classifyCallerBySums(sums, null)).toBe('mixed')
  })
})

describe('what an operator declares', () => {
  test.each(['agentic', 'human'] as const)('wins: %s, whatever the tokens say', (declared) => {
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(5), (agenticTokens, requests) => {
        const sums = makeSums({ agenticTokens, agenticRequests: requests, humanRequests: requests })
        return classifyCallerBySums(sums, declared) === declared
      }),
    )
  })

  test('unknown declares nothing', () => {
    expect(classifyCallerBySums(makeSums({ agenticTokens: 900 }), 'unknown')).toBe('agentic')
  })
})

test('more agentic tokens never make a caller less agentic', () => {
  const order = { human: 0, mixed: 1, agentic: 2, unknown: -1 }
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999 }), (agenticTokens) => {
      const less = classifyCallerBySums(makeSums({ agenticTokens }), null)
      const more = classifyCallerBySums(makeSums({ agenticTokens: agenticTokens + 1 }), null)
      return order[less] <= order[more]
    }),
  )
})

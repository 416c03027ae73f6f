import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { patternCompileSteps, patternCost, worstPatternSteps } from './pattern-cost'

function stepsOf(pattern: string, textLength = 1000): number {
  const cost = patternCost(pattern)
  return cost === null ? Number.POSITIVE_INFINITY : worstPatternSteps(cost, textLength)
}

describe('worstPatternSteps', () => {
  test.each([
    ['^abc$', 5],
    ['abc', 3000],
    ['^[a-z]+$', 3000],
    ['[a-z]+', 1_000_000],
    ['^\\d{4}-\\d{2}-\\d{2}$', 12],
    ['^\\p{L}{1,3}$', 9],
    ['^(foo|bar)$', 16],
    ['^(?:a?)b$', 8],
    ['^(?<year>\\d{4})$', 6],
    ['^(ab)+$', 4000],
    ['^[^@]+@[^@]+$', 5_000_000],
    ['^a{2000}$', 2000],
    ['^a{2,}$', 4000],
    ['^a|b$', 8000],
    ['^[(+*]$', 3],
    ['^\\($', 3],
    ['^.*?x$', 4000],
    ['a{1000}b', 1_001_000],
    ['^(abc){300}$', 902],
  ])('%s costs at most %d steps on 1,000 characters', (pattern, bound) => {
    expect(stepsOf(pattern)).toBe(bound)
  })

  test.each([
    '(a+)+$',
    '^(a|a)*$',
    '^(([a-z])+.)+[A-Z]([a-z])+$',
    '^(a{1,5}){1,5}$',
    '(?=a)b',
    '(?!a)b',
    '(?<=a)b',
    '(a)\\1',
    '(?<x>a)\\k<x>',
    '^[a-z0-9]+(-[a-z0-9]+)*$',
    `^${'a'.repeat(1000)}$`,
    '[a',
  ])('%s cannot be bounded', (pattern) => {
    expect(patternCost(pattern)).toBeNull()
  })

  test('never throws', () => {
    fc.assert(
      fc.property(fc.string(), (pattern) => {
        expect(stepsOf(pattern)).toBeGreaterThanOrEqual(1)
      }),
    )
  })

  test('bounds what it lets through: such patterns are fast on hostile text', () => {
    const piece = fc.constantFrom(
      'a',
      'a*',
      'a+',
      '(a)',
      '(a+)',
      '(a|b)',
      '(a|a)*',
      '(a+)+',
      '.',
      'a?',
      'a{1,3}',
      'b',
    )
    const pattern = fc.array(piece, { minLength: 1, maxLength: 8 }).map((pieces) => `^${pieces.join('')}$`)
    fc.assert(
      fc.property(pattern, (source) => {
        const text = `${'a'.repeat(60)}!`
        if (stepsOf(source, text.length) > 2_000_000) return
        const startedAtMs = performance.now()
        new RegExp(source, 'u').test(text)
        expect(performance.now() - startedAtMs).toBeLessThan(500)
      }),
    )
  })
})

test('compiling costs by the length, and far more for sets of characters that Unicode defines', () => {
  expect(patternCompileSteps('^[a-z]+$')).toBeLessThan(1000)
  expect(patternCompileSteps('^[\\p{L}\\P{N}]+$')).toBeGreaterThan(20_000)
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { worstPatternSteps } from './pattern-cost'

const steps = (pattern: string, textLength = 1000) => worstPatternSteps({ pattern, textLength })

describe('worstPatternSteps', () => {
  test.each([
    ['^abc$', 1],
    ['abc', 1000],
    ['^[a-z]+$', 1000],
    ['[a-z]+', 1_000_000],
    ['^\\d{4}-\\d{2}-\\d{2}$', 1],
    ['^\\p{L}{1,3}$', 3],
    ['^(foo|bar)$', 2],
    ['^(?:a?)b$', 2],
    ['^(?<year>\\d{4})$', 1],
    ['^(ab)+$', 1000],
    ['^[^@]+@[^@]+$', 1_000_000],
    ['^a{2000}$', 1],
    ['^a{2,}$', 1000],
    ['^a|b$', 2000],
    ['^[(+*]$', 1],
    ['^\\($', 1],
    ['^.*?x$', 1000],
  ])('%s costs at most %d steps on 1,000 characters', (pattern, bound) => {
    expect(steps(pattern)).toBe(bound)
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
    '(a+',
    '[a',
  ])('%s cannot be bounded, or is not closed', (pattern) => {
    const isOpen = pattern === '(a+'
    expect(steps(pattern)).toBe(isOpen ? 1_000_000 : Number.POSITIVE_INFINITY)
  })

  test('never throws', () => {
    fc.assert(
      fc.property(fc.string(), (pattern) => {
        expect(steps(pattern)).toBeGreaterThanOrEqual(1)
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
        if (worstPatternSteps({ pattern: source, textLength: text.length }) > 2_000_000) return
        const startedAtMs = performance.now()
        new RegExp(source, 'u').test(text)
        expect(performance.now() - startedAtMs).toBeLessThan(500)
      }),
    )
  })
})

import { expect, test } from 'vitest'
import { createRandom } from '../../platform/random'
import { drawForPattern } from './draw-pattern'

test.each([
  '^[A-Z]{3}-\\d{4,6}$',
  '^(?:ord|inv)_[0-9a-f]{12}$',
  '^\\+?[1-9]\\d{6,14}$',
  '^[^\\s@]+@[^\\s@]+\\.[a-z]{2,}$',
  '^(mon|tue|wed)(,(mon|tue|wed))*$',
  '^/(?:[\\w.-]+/?)+$',
  '^#[0-9a-fA-F]{6}$',
  '^v\\d+\\.\\d+\\.\\d+(?:-[a-z]+)?$',
  'a|bc|',
  '^\\x41\\u0042[\\]\\-]$',
  '^(?<year>\\d{4})$',
  '^.{5}$',
  '^[a-]$',
  '(a+)+$',
  'x{0}y??z*?',
])('matches %s', (pattern) => {
  for (let seed = 0; seed < 40; seed += 1) {
    const text = drawForPattern({ pattern, random: createRandom(seed) })
    expect(text).toMatch(new RegExp(pattern))
  }
})

test.each([
  '(?=a)b',
  '(?<!a)b',
  '(a)\\1',
  '\\p{L}+',
  '(',
  '[',
  'a)',
  '*a',
  '[b-a]',
  'a{9999}',
  '[^\\s\\S -~]',
])('does not pretend to satisfy %s', (pattern) => {
  expect(drawForPattern({ pattern, random: createRandom(1) })).toBeNull()
})

test('ends however deep the groups are', () => {
  const pattern = '('.repeat(5000) + ')'.repeat(5000)
  expect(drawForPattern({ pattern, random: createRandom(1) })).toBeNull()
})

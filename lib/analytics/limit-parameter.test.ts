import { expect, test } from 'vitest'
import { limitUpTo } from './limit-parameter'

test.each([
  ['1', 1],
  ['50', 50],
])('%s is a limit', (word, limit) => {
  expect(limitUpTo(50).parse(word)).toBe(limit)
})

test.each(['', '0', '-3', '1.5', '51', '99999999999999999999', 'many'])(
  '“%s” is refused, and both ends named',
  (word) => {
    const { error } = limitUpTo(50).safeParse(word)
    expect(error?.issues.map(({ message }) => message)).toEqual(['expected a whole number from 1 to 50'])
  },
)

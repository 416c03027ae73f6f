import fc from 'fast-check'
import { expect, test } from 'vitest'
import { storableText } from './storable-text'

test.each([
  ['tool', 10, 'tool'],
  ['tool', 2, 'to'],
  ['a\u0000b\u0000', 10, 'ab'],
  ['ab😀', 4, 'ab😀'],
  ['ab😀', 3, 'ab\ufffd'],
  ['\udc00b', 10, '\ufffdb'],
  ['', 5, ''],
])('case %#: is cut and has no NUL and no half character', (text, maxLength, stored) => {
  expect(storableText(text, maxLength)).toBe(stored)
})

test('leaves alone what can be stored and fits', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      fc.pre(!text.includes('\0'))
      expect(storableText(text, text.length)).toBe(text)
    }),
  )
})

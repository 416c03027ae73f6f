import fc from 'fast-check'
import { expect, test } from 'vitest'
import { repairUtf8 } from './repair-utf8'

test.each([
  ['a word', Buffer.from('naïve 水 🐟'), 'naïve 水 🐟'],
  ['a Latin-1 byte', Buffer.from([0x63, 0x61, 0x66, 0xe9]), 'café'],
  ['a Latin-1 byte before UTF-8', Buffer.concat([Buffer.from([0xe9]), Buffer.from('水')]), 'é水'],
  ['a character cut at the end', Buffer.from('水').subarray(0, 2), 'æ°'],
  ['an overlong form', Buffer.from([0xc0, 0xaf]), 'À¯'],
  ['nothing', Buffer.alloc(0), ''],
])('%s', (_name, bytes, text) => {
  expect(repairUtf8(bytes)).toBe(text)
})

test('what is UTF-8 is read as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(repairUtf8(Buffer.from(text))).toBe(text)
    }),
  )
})

test('two ids that differ in one byte that is no UTF-8 stay two', () => {
  const invalid = fc.integer({ min: 0xa0, max: 0xff })
  fc.assert(
    fc.property(invalid, invalid, (a, b) => {
      fc.pre(a !== b)
      const [one, other] = [a, b].map((byte) => repairUtf8(Buffer.from([0x69, 0x64, byte, 0x2d])))
      expect(one).not.toBe(other)
    }),
  )
})

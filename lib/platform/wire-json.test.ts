import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseWire, stringifyWire, WireInteger } from './wire-json'

describe('parseWire and stringifyWire', () => {
  test.each([
    '{"berth":7512292042121000001}',
    '[9007199254740993,-12345678901234567890]',
    '{"a":{"b":[{"c":123456789012345678901234567890}],"d":"7512292042121000001"},"e":1.5}',
    '7512292042121000001',
  ])('keep all digits of %s', (text) => {
    expect(stringifyWire(parseWire(text))).toBe(text)
  })

  test('numbers that are exact stay numbers, others are what they say', () => {
    expect(parseWire('[9007199254740991,1700000000000000.5,1e30]')).toEqual([
      9007199254740991, 1700000000000000.5, 1e30,
    ])
    expect(parseWire('[9007199254740993]')).toEqual([new WireInteger('9007199254740993')])
  })

  test('plain JSON.stringify of such a value gives a number still', () => {
    expect(JSON.stringify(parseWire('[9007199254740993]'))).toBe('[9007199254740992]')
  })

  test('what is no JSON is undefined, the last of two equal names counts, and depth is no danger', () => {
    expect(parseWire('{"a":7512292042121000001')).toBeUndefined()
    expect(parseWire('{"a":7512292042121000001,"a":1}')).toEqual({ a: 1 })
    const deep = `${'['.repeat(100_000)}7512292042121000001${']'.repeat(100_000)}`
    expect(Array.isArray(parseWire(deep))).toBe(true)
  })

  test('any JSON is read and written as JSON.parse and JSON.stringify do', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.boolean(), (value, hasLong) => {
        const text = JSON.stringify(hasLong ? [value, '1234567890123456'] : value)
        expect(parseWire(text)).toEqual(JSON.parse(text))
        expect(stringifyWire(parseWire(text))).toBe(JSON.stringify(JSON.parse(text)))
      }),
    )
  })

  test('a long number is found wherever it stands', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '1', ' ') }),
        fc.bigInt({ min: 10n ** 16n }),
        (before, long) => {
          const text = `["${before}",${long}]`
          expect(stringifyWire(parseWire(text))).toBe(text)
        },
      ),
    )
  })
})

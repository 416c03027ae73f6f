import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseJson } from './parse-json'

test('reads every JSON text as JSON.parse does', () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(0, 2), (text, indent) => {
      const pretty = JSON.stringify(JSON.parse(text), null, indent)
      expect(parseJson(pretty)).toMatchObject({ ok: true, value: JSON.parse(pretty) })
    }),
  )
})

test('refuses exactly what JSON.parse refuses', () => {
  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '1',
    '-',
    '0',
    '.5',
    'e1',
    'true',
    'nul',
    ' ',
    '\n',
  )
  fc.assert(
    fc.property(
      fc.array(piece).map((pieces) => pieces.join('')),
      (text) => {
        expect(parseJson(text).ok).toBe(isJson(text))
      },
    ),
    { numRuns: 2000 },
  )
})

test.each([
  ['', 1, 1, 'a value'],
  ['[1,\n 2,\n ]', 3, 2, 'a value'],
  ['{"a": 1\n "b": 2}', 2, 2, 'a comma or }'],
  ["[{'a': 1}]", 1, 3, 'a name in double quotes'],
  ['[1] x', 1, 5, 'the end'],
  ['["a\nb"]', 1, 2, 'a text'],
  ['[1, 2', 1, 6, 'a comma or ]'],
])('%j goes wrong at line %i, column %i', (text, line, column, words) => {
  expect(parseJson(text)).toMatchObject({
    ok: false,
    place: { line, column },
    message: expect.stringContaining(words),
  })
})

test('knows where each part begins', () => {
  const parsed = parseJson('[\n  {"type": "function",\n   "function": {"name": 7}}\n]')
  if (!parsed.ok) throw new Error('expected JSON')
  expect(parsed.placeOf([0])).toEqual({ line: 2, column: 3 })
  expect(parsed.placeOf([0, 'function', 'name'])).toEqual({ line: 3, column: 25 })
  expect(parsed.placeOf([0, 'function', 'description'])).toEqual({ line: 3, column: 16 })
  expect(parsed.placeOf([9])).toEqual({ line: 1, column: 1 })
})

test('a name like __proto__ is a name like any other', () => {
  const parsed = parseJson('{"__proto__": 1}')
  expect(parsed.ok && JSON.stringify(parsed.value)).toBe('{"__proto__":1}')
})

test('nesting has a limit instead of an overflow', () => {
  expect(parseJson('['.repeat(100_000))).toMatchObject({
    ok: false,
    message: expect.stringContaining('levels'),
  })
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

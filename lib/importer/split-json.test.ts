import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createJsonSplitter } from './split-json'

const split = (...texts: string[]) => {
  const splitter = createJsonSplitter()
  return [...texts.flatMap((text) => splitter.push(text)), ...splitter.end()]
}

test('cuts lists and values one after another, with their lines', () => {
  expect(split('[\n {"a":[1,2]},\n {"b":"]},{"}\n]\n')).toEqual([
    { line: 2, text: '{"a":[1,2]}' },
    { line: 3, text: '{"b":"]},{"}' },
  ])
  expect(split('{\n"a":1\n}\n{"b":\n2}')).toEqual([
    { line: 1, text: '{\n"a":1\n}' },
    { line: 4, text: '{"b":\n2}' },
  ])
  expect(split('[3, null, "x", []]').map(({ text }) => text)).toEqual(['3', 'null', '"x"', '[]'])
})

test('gives a value that does not end, for the parser to refuse', () => {
  expect(split('[{"a":1},{"b":')).toEqual([
    { line: 1, text: '{"a":1}' },
    { line: 1, text: '{"b":' },
  ])
})

test('gives back every list of objects, however it is printed and cut', () => {
  const objects = fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { maxLength: 5 })
  fc.assert(
    fc.property(objects, fc.constantFrom(0, 2), fc.integer({ min: 1, max: 7 }), (values, indent, size) => {
      const text = JSON.stringify(values, null, indent)
      const pieces = text.match(new RegExp(`[\\s\\S]{1,${size}}`, 'gu')) ?? []
      expect(split(...pieces).map((piece) => JSON.parse(piece.text))).toEqual(JSON.parse(text))
    }),
  )
})

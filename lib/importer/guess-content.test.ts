import { expect, test } from 'vitest'
import { guessDelimiter, guessKind } from './guess-content'

test.each([
  ['a,b\n1,2\n', 'csv'],
  ['\n  [\n {"a":1}]', 'json'],
  ['[{"a":1}]', 'json'],
  ['{"a":1}\n{"a":2}\n', 'ndjson'],
  ['{"a":1}', 'ndjson'],
  ['{\n "data": [\n', 'json'],
  [`{"long":"${'x'.repeat(100)}`, 'ndjson'],
  ['"{a",b\n', 'csv'],
])('%j is %s', (start, kind) => {
  expect(guessKind(start)).toBe(kind)
})

test.each([
  ['a,b;c,d\n1;2;3;4', ','],
  ['a;b\n1,5;2,5\n', ';'],
  ['a\tb\tc\n', '\t'],
  ['a|b|c\n', '|'],
  ['"x,y,z";b\n', ';'],
  ['\n\na;b\n', ';'],
  ['alone\n1;2;3\n', ','],
  ['"two\nlines, and more";b\n', ';'],
])('the cells of %j stand between %j', (start, delimiter) => {
  expect(guessDelimiter(start)).toBe(delimiter)
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AppError } from '../../platform/errors'
import { readBody } from './read-body'

/** The code of the error that reading a body throws. */
function codeOf(body: string): string {
  try {
    readBody(body)
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
  return 'taken'
}

const A = { value: { id: 'a' } }
const B = { value: { id: 'b' } }
const BAD_LINE = { problem: expect.stringMatching(/JSON/) }

test.each([
  ['an object is one record', '{"id":"a"}', [A]],
  ['an array holds its elements', '[{"id":"a"},{"id":"b"}]', [A, B]],
  ['an array may hold what is no object', '[{"id":"a"},7,null]', [A, { value: 7 }, { value: null }]],
  ['an empty array holds nothing', '[]', []],
  ['lines are records', '{"id":"a"}\n{"id":"b"}', [A, B]],
  ['a last newline is no record', '{"id":"a"}\n{"id":"b"}\n', [A, B]],
  ['Windows line ends are fine', '{"id":"a"}\r\n{"id":"b"}\r\n', [A, B]],
  ['blank lines are skipped', '\n\n{"id":"a"}\n \t\n{"id":"b"}\n\n', [A, B]],
  ['a byte order mark is skipped', '\ufeff{"id":"a"}\n{"id":"b"}', [A, B]],
  ['an object over several lines is one record', '{\n  "id":\n "a"\n}\n', [A]],
  ['one bad line is one problem', '{"id":"a"}\n{"id":\n{"id":"b"}', [A, BAD_LINE, B]],
  ['a first bad line is one problem too', '{"id":\n{"id":"b"}', [BAD_LINE, B]],
  ['a line cut short is one problem', '{"id":"a"}\n{"id":"b', [A, BAD_LINE]],
  ['NaN in a line is no JSON', '{"id":"a"}\n{"promptTokens":NaN}', [A, BAD_LINE]],
])('%s', (_claim, body, items) => {
  expect(readBody(body)).toEqual(items)
})

test.each([
  ['nothing', ''],
  ['only space', ' \n\t\r\n '],
  ['only a byte order mark', '\ufeff'],
  ['an array cut short', '[{"id":"a"},{"id":"b"}'],
  ['an object cut short', '{"id":"a"'],
  ['NaN', '{"promptTokens":NaN}'],
  ['no JSON', 'id=a&model=b'],
  ['a form', '------boundary\r\nContent-Disposition: form-data'],
])('%s is a bad request', (_name, body) => {
  expect(codeOf(body)).toBe('bad_request')
})

test('says what was wrong in words of limited length', () => {
  expect(() => readBody(`{${'x'.repeat(1e6)}`)).toThrow(/^The body is not JSON: .{1,200}$/s)
})

describe('a body that would cost more memory than it has bytes is refused before it is parsed', () => {
  test.each([
    ['zeros', `[${'0,'.repeat(6_000_000)}0]`],
    ['empty objects', `[${'{},'.repeat(3_000_000)}{}]`],
    ['empty lines', `{${'\n'.repeat(6_000_000)}`],
    ['nesting', '['.repeat(6_000_000)],
    ['more records than one request may hold', `[${'0,'.repeat(250_000)}0]`],
    ['more lines than one request may hold', '{}\n'.repeat(250_001)],
  ])('%s', (_name, body) => {
    expect(codeOf(body)).toBe('payload_too_large')
  })

  test('but as many records as one request may hold are read', () => {
    expect(readBody(`[${'0,'.repeat(249_999)}0]`)).toHaveLength(250_000)
  })
})

const record = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue())

test('the same records mean the same as object, array and lines', () => {
  const space = fc.constantFrom('', '\n', '\r\n', '\n \n')
  fc.assert(
    fc.property(fc.array(record, { minLength: 1, maxLength: 8 }), space, (records, end) => {
      const texts = records.map((one) => JSON.stringify(one))
      const items = texts.map((text) => ({ value: JSON.parse(text) }))
      expect(readBody(`${end}${texts.join(`\n${end}`)}${end}`)).toEqual(items)
      expect(readBody(`\ufeff[${texts.join(`,${end}`)}]${end}`)).toEqual(items)
      expect(texts.flatMap((text) => readBody(text))).toEqual(items)
    }),
  )
})

test('any text gives items or a clear refusal', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (body) => {
      expect(['taken', 'bad_request']).toContain(codeOf(body))
    }),
  )
})

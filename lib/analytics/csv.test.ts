import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toCsv } from './csv'
import { usageTable } from './usage/table'

const CSV = { bom: false, relax_column_count: false }

test('the header comes first, lines end as RFC 4180 says, and null is an empty field', () => {
  expect(
    toCsv({
      header: ['a', 'b'],
      rows: [
        ['x', null],
        ['y', 0.5],
      ],
    }),
  ).toBe('a,b\r\nx,\r\ny,0.5\r\n')
  expect(toCsv({ header: ['a'], rows: [] })).toBe('a\r\n')
})

test('yes and no are written as in JSON', () => {
  expect(toCsv({ header: ['a', 'b'], rows: [[true, false]] })).toBe('a,b\r\ntrue,false\r\n')
})

test.each([
  ['a,b', '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ['two\nlines', '"two\nlines"'],
  ['back\rslash', '"back\rslash"'],
  ['a;=1+1', '"a;=1+1"'],
  ['plain text', 'plain text'],
])('%j is written as %j', (value, field) => {
  expect(toCsv({ header: ['h'], rows: [[value]] })).toBe(`h\r\n${field}\r\n`)
})

test.each([
  ['=1+1'],
  ['+1'],
  ['-1'],
  ['@SUM(A1)'],
  ['\t=1'],
  ['\r=1'],
  ['\n=1+1'],
  [' \n =1+1'],
  ['\u00a0@a'],
  ['\u200b=1'],
  ['\u0000=1'],
  ['＝1+1'],
])('%j is no formula for a spreadsheet', (value) => {
  const [, row] = parse(toCsv({ header: ['h'], rows: [[value]] }), CSV)
  expect(row).toEqual([`'${value}`])
})

test('a negative number stays a number', () => {
  expect(toCsv({ header: ['change'], rows: [[-0.25]] })).toBe('change\r\n-0.25\r\n')
})

test('any table reads back as it was, but for the quote that stops formulas', () => {
  const field = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(',', '"', '\r\n', '=x', ' =x', '\n-x', 'a"b'),
    fc.integer(),
  )
  const table = fc
    .integer({ min: 2, max: 5 })
    .chain((width) =>
      fc.array(fc.array(field, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }),
    )
  fc.assert(
    fc.property(table, (rows) => {
      const header = (rows[0] ?? []).map((_, index) => `column${index}`)
      const [names, ...cells] = parse(toCsv({ header, rows }), CSV)
      expect(names).toEqual(header)
      const written = rows.flat().map((value, index) => {
        const cell = cells.flat()[index]
        const isFormula = typeof value === 'string' && /^[=+\-@\t\r\n]/.test(value.trimStart() || value)
        return isFormula ? cell === `'${value}` : cell === String(value) || cell === `'${value}`
      })
      expect(written).toEqual(rows.flat().map(() => true))
    }),
  )
})

test('usage becomes one long table, a row a point', () => {
  const point = (start: string, costUsd: number | null) => ({
    start,
    requests: 1,
    promptTokens: 2,
    completionTokens: 3,
    totalTokens: 5,
    costUsd,
  })
  const series = [
    { key: 'a', points: [point('2024-01-01T00:00:00.000Z', 0.5), point('2024-01-02T00:00:00.000Z', null)] },
    { key: 'b', points: [] },
  ]
  expect(toCsv(usageTable({ from: '', to: '', granularity: 'day', series }))).toBe(
    [
      'key,start,requests,promptTokens,completionTokens,totalTokens,costUsd',
      'a,2024-01-01T00:00:00.000Z,1,2,3,5,0.5',
      'a,2024-01-02T00:00:00.000Z,1,2,3,5,',
      '',
    ].join('\r\n'),
  )
})

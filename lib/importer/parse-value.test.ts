import { expect, test } from 'vitest'
import { parseValue } from './parse-value'

test.each([
  ['count', '374', 374],
  ['count', ' 374 ', 374],
  ['count', '374.0', 374],
  ['count', 374, 374],
  ['count', '0', 0],
  ['amount', '0.0021', 0.0021],
  ['amount', '2.1e-3', 0.0021],
  ['amount', 900, 900],
  ['flag', 'TRUE', true],
  ['flag', '0', false],
  ['flag', true, true],
  ['text', ' helios ', 'helios'],
  ['text', 42, '42'],
  ['time', '2023-11-16 18:15:46', '2023-11-16T18:15:46.000Z'],
  ['json', '[{"name":"get_weather"}]', [{ name: 'get_weather' }]],
  ['json', [{ name: 'get_weather' }], [{ name: 'get_weather' }]],
] as const)('reads %s %j', (kind, raw, value) => {
  expect(parseValue(kind, raw)).toEqual({ value })
})

test.each(['', '   ', null, undefined])('leaves %j out instead of making it zero', (raw) => {
  expect(parseValue('count', raw)).toEqual({ value: undefined })
  expect(parseValue('json', raw)).toEqual({ value: undefined })
})

test.each([
  ['count', '-1'],
  ['count', '12a'],
  ['count', '1,024'],
  ['count', '1.5'],
  ['count', 'NaN'],
  ['count', '0x10'],
  ['count', '9007199254740993'],
  ['count', Number.POSITIVE_INFINITY],
  ['count', true],
  ['amount', '-0.1'],
  ['amount', '$3'],
  ['amount', '1e999'],
  ['flag', 'yes'],
  ['time', 'soon'],
  ['text', { a: 1 }],
  ['json', '{'],
] as const)('rejects %s %j and says what was found', (kind, raw) => {
  const parsed = parseValue(kind, raw)
  expect(parsed).toHaveProperty('problem', expect.stringMatching(/^expected .+, found ".+"$/))
})

test('shortens a long value in the problem', () => {
  const parsed = parseValue('count', 'x'.repeat(10_000))
  expect('problem' in parsed && parsed.problem.length).toBeLessThan(150)
})

test.each([
  ['count', '1,200'],
  ['count', '1.200'],
  ['count', '1.000'],
  ['count', '12.000'],
  ['count', '1 200'],
  ['count', "1'200"],
  ['amount', '1,5'],
  ['amount', '1.200,50'],
  ['amount', '1,200.50'],
] as const)('refuses the separators of %s %s and says what to do', (kind, raw) => {
  expect(parseValue(kind, raw)).toHaveProperty('problem', expect.stringContaining('plain numbers'))
})

test('reads a time without a zone in the one that is given', () => {
  expect(parseValue('time', '2026-07-01 12:00:00', 'Europe/Berlin')).toEqual({
    value: '2026-07-01T10:00:00.000Z',
  })
})

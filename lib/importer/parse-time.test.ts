import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseTime } from './parse-time'

test.each([
  ['2023-11-16 18:15:46.6805900', '2023-11-16T18:15:46.680Z'],
  ['2023-11-16T18:15:46Z', '2023-11-16T18:15:46.000Z'],
  ['2023-11-16 18:15', '2023-11-16T18:15:00.000Z'],
  ['2023-11-16', '2023-11-16T00:00:00.000Z'],
  ['2023-11-16 18:15:46,68', '2023-11-16T18:15:46.680Z'],
  ['2023-11-16 18:15:46 UTC', '2023-11-16T18:15:46.000Z'],
  ['2023-11-16T18:15:46+02:00', '2023-11-16T16:15:46.000Z'],
  ['2023-11-16T18:15:46-0530', '2023-11-16T23:45:46.000Z'],
  ['2023-11-16 18:15:46+00', '2023-11-16T18:15:46.000Z'],
  ['2024-02-29 23:59:59.9999999', '2024-02-29T23:59:59.999Z'],
  ['1700158546', '2023-11-16T18:15:46.000Z'],
  ['1700158546.6805', '2023-11-16T18:15:46.680Z'],
  ['1700158546680', '2023-11-16T18:15:46.680Z'],
  ['1700158546680590', '2023-11-16T18:15:46.680Z'],
  ['1700158546680590012', '2023-11-16T18:15:46.680Z'],
])('reads %s', (text, iso) => {
  expect(parseTime(text)).toBe(iso)
})

test.each([
  '',
  'yesterday',
  '2023-02-30 10:00:00',
  '2023-02-29',
  '2023-13-01 10:00:00',
  '2023-11-16 24:00:00',
  '2023-11-16 18:60:00',
  '16/11/2023 18:15',
  '2023-11-16 18:15:46 PST',
  '2023-11-16T18:15:46+99:00',
  '1700158546680.5',
  '12',
])('takes %j for no time', (text) => {
  expect(parseTime(text)).toBeNull()
})

test('gives every ISO time back unchanged', () => {
  const instants = fc.date({
    min: new Date('1970-01-01'),
    max: new Date('2099-12-31'),
    noInvalidDate: true,
  })
  fc.assert(
    fc.property(instants, (instant) => {
      expect(parseTime(instant.toISOString())).toBe(instant.toISOString())
    }),
  )
})

test('cuts finer digits off, whatever they are', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9]{3,9}$/), (fraction) => {
      const expected = `2023-11-16T18:15:46.${fraction.slice(0, 3)}Z`
      expect(parseTime(`2023-11-16 18:15:46.${fraction}`)).toBe(expected)
    }),
  )
})

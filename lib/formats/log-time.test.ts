import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readLogTime } from './log-time'

const iso = (text: string, zone: string | null = null) => {
  const read = readLogTime(text, zone)
  return 'iso' in read ? read.iso : null
}

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
  // pandas, whose columns with gaps are floats
  ['1700158546680.0', '2023-11-16T18:15:46.680Z'],
  ['1700158546680590.0', '2023-11-16T18:15:46.680Z'],
  ['1700158546680590080.0', '2023-11-16T18:15:46.680Z'],
  ['1.70015854668059e+18', '2023-11-16T18:15:46.680Z'],
  ["Timestamp('2023-11-16 18:15:46.680590')", '2023-11-16T18:15:46.680Z'],
  ["Timestamp('2023-11-16 18:15:46+0000', tz='UTC')", '2023-11-16T18:15:46.000Z'],
  // Python
  ['2023-11-16 18:15:46.680590+00:00', '2023-11-16T18:15:46.680Z'],
  ['datetime.datetime(2023, 11, 16, 18, 15, 46, 680590)', '2023-11-16T18:15:46.680Z'],
  ['datetime.datetime(2023, 11, 16, 18, 15, tzinfo=datetime.timezone.utc)', '2023-11-16T18:15:00.000Z'],
  // Go
  ['2023-11-16 18:15:46.680590123 +0000 UTC', '2023-11-16T18:15:46.680Z'],
  ['2023-11-16 20:15:46.68 +0200 CEST m=+0.001234567', '2023-11-16T18:15:46.680Z'],
  ['Thu Nov 16 18:15:46 2023', '2023-11-16T18:15:46.000Z'],
  ['Thu Nov 16 18:15:46 UTC 2023', '2023-11-16T18:15:46.000Z'],
  // nginx, Apache
  ['16/Nov/2023:10:15:46 -0800', '2023-11-16T18:15:46.000Z'],
  ['[16/Nov/2023:18:15:46 +0000]', '2023-11-16T18:15:46.000Z'],
  ['2023/11/16 18:15:46', '2023-11-16T18:15:46.000Z'],
  // RFC 1123 and its relatives
  ['Thu, 16 Nov 2023 18:15:46 GMT', '2023-11-16T18:15:46.000Z'],
  ['Thu, 16 Nov 2023 19:15:46 +0100', '2023-11-16T18:15:46.000Z'],
  ['Thursday, 16-Nov-2023 18:15:46 GMT', '2023-11-16T18:15:46.000Z'],
  // JavaScript
  ['Thu Nov 16 2023 19:15:46 GMT+0100 (Central European Standard Time)', '2023-11-16T18:15:46.000Z'],
  // ISO 8601 without separators
  ['20231116T181546Z', '2023-11-16T18:15:46.000Z'],
  ['20231116T181546.680+0000', '2023-11-16T18:15:46.680Z'],
  ['20231116181546', '2023-11-16T18:15:46.000Z'],
  ['20231116', '2023-11-16T00:00:00.000Z'],
])('reads %s', (text, expected) => {
  expect(iso(text)).toBe(expected)
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
  '03/04/2023 18:15',
  '03.04.2023 18:15',
  '1.70016E+12',
  '1.700158E+09',
  'datetime.datetime(2023, 11, 16, tzinfo=<DstTzInfo>)',
  '12',
])('takes %j for no time', (text) => {
  expect(iso(text)).toBeNull()
})

test('gives every ISO time back unchanged', () => {
  const instants = fc.date({
    min: new Date('1970-01-01'),
    max: new Date('2099-12-31'),
    noInvalidDate: true,
  })
  fc.assert(
    fc.property(instants, (instant) => {
      expect(iso(instant.toISOString())).toBe(instant.toISOString())
    }),
  )
})

test('cuts finer digits off, whatever they are', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9]{3,9}$/), (fraction) => {
      const expected = `2023-11-16T18:15:46.${fraction.slice(0, 3)}Z`
      expect(iso(`2023-11-16 18:15:46.${fraction}`)).toBe(expected)
    }),
  )
})

test.each([
  ['2026-07-01 12:00:00', 'Europe/Berlin', '2026-07-01T10:00:00.000Z'],
  ['2026-12-01 12:00:00', 'Europe/Berlin', '2026-12-01T11:00:00.000Z'],
  ['2026-12-01 12:00:00.123', 'Asia/Kolkata', '2026-12-01T06:30:00.123Z'],
  ['2026-12-01T12:00:00Z', 'Europe/Berlin', '2026-12-01T12:00:00.000Z'],
  ['2026-12-01 12:00:00+09:00', 'Europe/Berlin', '2026-12-01T03:00:00.000Z'],
  ['1700158546', 'Europe/Berlin', '2023-11-16T18:15:46.000Z'],
  // Clocks went forward over the one and showed the other twice.
  ['2026-03-29 02:30:00', 'Europe/Berlin', null],
  ['2026-10-25 02:30:00', 'Europe/Berlin', null],
  ['2026-10-25 03:00:00', 'Europe/Berlin', '2026-10-25T02:00:00.000Z'],
  ['2026-11-01 01:30:00', 'America/New_York', null],
])('reads %s of %s as %s', (text, zone, expected) => {
  expect(iso(text, zone)).toBe(expected)
})

test.each([
  ['03/04/2023 18:15', /day and month cannot be told apart/],
  ['2023-11-16 18:15:46 CST', /\+02:00.*"CST"/],
  ['1.70016E+12', /all its digits/],
  ['soon', /2026-11-20T10:00/],
])('says of %s what was expected', (text, problem) => {
  expect(readLogTime(text, null)).toMatchObject({ problem: expect.stringMatching(problem) })
})

import { expect, test } from 'vitest'
import { readRetryAfterMs } from './retry-after'

const NOW_MS = Date.parse('2026-11-24T12:00:00Z')

test.each<[string | null, number | null]>([
  [null, null],
  ['', null],
  ['soon', null],
  ['0', 0],
  ['2', 2000],
  ['1.5', 1500],
  ['-3', null],
  ['Tue, 24 Nov 2026 12:00:30 GMT', 30_000],
  ['Tue, 24 Nov 2026 11:00:00 GMT', 0],
])('Retry-After %s is %s ms', (header, expected) => {
  expect(readRetryAfterMs(header, NOW_MS)).toBe(expected)
})

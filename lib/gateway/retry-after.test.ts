import { expect, test } from 'vitest'
import { readRetryAfter, readRetryAfterMs } from './retry-after'

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

test.each<[Record<string, string>, number | null]>([
  [{ 'retry-after-ms': '250', 'retry-after': '1' }, 250],
  [{ 'retry-after-ms': 'soon', 'retry-after': '1' }, 1000],
  [{ 'retry-after': '3' }, 3000],
  [{}, null],
])('headers %j ask for %s ms', (headers, expected) => {
  expect(readRetryAfter((name) => headers[name] ?? null, NOW_MS)).toBe(expected)
})

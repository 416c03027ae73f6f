import { expect, test } from 'vitest'
import { recentErrors } from './recent-errors'

const minutes = [
  { start: '2026-11-20T10:00:00Z', attempts: 10, ok: 5, errorsByClass: { timeout: 5 } },
  { start: '2026-11-20T10:01:00Z', attempts: 10, ok: 4, errorsByClass: { timeout: 2, rate_limited: 4 } },
  {
    start: '2026-11-20T10:05:00Z',
    attempts: 3,
    ok: 0,
    errorsByClass: { upstream_5xx: 1, invalid_request: 1, cancelled: 1 },
  },
]

test('counts what uptime counts in the running minute and the four before it', () => {
  expect(recentErrors({ minutes, atMs: Date.parse('2026-11-20T10:05:59Z') })).toEqual({
    attempts: 13,
    errors: 3,
    rateLimited: 4,
  })
})

test('old errors are forgotten also when nothing has come since', () => {
  expect(recentErrors({ minutes, atMs: Date.parse('2026-11-20T10:10:00Z') })).toEqual({
    attempts: 0,
    errors: 0,
    rateLimited: 0,
  })
})

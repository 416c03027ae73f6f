import { expect, test } from 'vitest'
import { retryDelayMs } from './retry-delay'

const nowMs = Date.parse('2026-11-20T10:00:00Z')

test.each([
  [0, '2', 2000],
  [5, '0', 0],
  [0, 'Fri, 20 Nov 2026 10:00:03 GMT', 3000],
  [0, 'Fri, 20 Nov 2026 09:00:00 GMT', 0],
  [0, '86400', 600_000],
  [0, null, 500],
  [3, null, 4000],
  [40, null, 30_000],
  [1, 'whenever', 1000],
])('waits before the try after number %i with Retry-After %j for %i ms', (attempt, retryAfter, delayMs) => {
  expect(retryDelayMs({ attempt, retryAfter, nowMs })).toBe(delayMs)
})

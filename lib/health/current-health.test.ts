import { describe, expect, test } from 'vitest'
import { currentHealthOf, isSameHealth, NO_HEALTH, type WindowCounts } from './current-health'

const counts = (ok: number, countedErrors: number, more = 0) => ({
  attempts: ok + countedErrors + more,
  ok,
  countedErrors,
})
const NONE = counts(0, 0)

describe('the status', () => {
  test.each<[string, Omit<WindowCounts, 'rateLimited5m'>, string, string | null]>([
    [
      'too little anywhere',
      { '5m': counts(3, 0), '30m': counts(9, 0), '1d': counts(19, 0) },
      'unknown',
      null,
    ],
    ['five minutes', { '5m': counts(10, 10), '30m': counts(990, 10), '1d': counts(9990, 10) }, 'down', '5m'],
    [
      'half an hour',
      { '5m': counts(0, 19), '30m': counts(18, 2), '1d': counts(9990, 10) },
      'degraded',
      '30m',
    ],
    ['the day', { '5m': NONE, '30m': counts(0, 19), '1d': counts(99, 1) }, 'healthy', '1d'],
    // 30 attempts, of which only 19 count.
    ['the day', { '5m': counts(19, 0, 11), '30m': counts(19, 0, 11), '1d': counts(20, 0) }, 'healthy', '1d'],
  ])('is judged by %s', (_, windows, status, statusWindow) => {
    expect(currentHealthOf({ ...windows, rateLimited5m: 0 })).toMatchObject({ status, statusWindow })
  })

  test('of something nobody has called is unknown', () => {
    expect(currentHealthOf({ '5m': NONE, '30m': NONE, '1d': NONE, rateLimited5m: 0 })).toEqual(NO_HEALTH)
  })
})

test('every value that is shown makes a difference', () => {
  const health = currentHealthOf({
    '5m': counts(20, 5),
    '30m': counts(40, 5),
    '1d': counts(80, 5),
    rateLimited5m: 3,
  })
  expect(isSameHealth(health, { ...health })).toBe(true)
  for (const name of Object.keys(health)) {
    expect(isSameHealth(health, { ...health, [name]: 'other' }), name).toBe(false)
  }
})

import { expect, test } from 'vitest'
import { createSignInLimiter } from './sign-in-limit'

test('attempts beyond the limit are refused until the first one is a window old', () => {
  const limiter = createSignInLimiter({ limit: 2, windowMs: 1000 })
  expect([0, 100, 200, 999].map((at) => limiter.admit('a', at))).toEqual([true, true, false, false])
  expect(limiter.admit('a', 1000)).toBe(true)
  expect(limiter.admit('a', 1001)).toBe(false)
})

test('each key has its own attempts', () => {
  const limiter = createSignInLimiter({ limit: 1, windowMs: 1000 })
  expect(limiter.admit('a', 0)).toBe(true)
  expect(limiter.admit('b', 0)).toBe(true)
})

test('a success forgets the attempts before it', () => {
  const limiter = createSignInLimiter({ limit: 1, windowMs: 1000 })
  limiter.admit('a', 0)
  limiter.clear('a')
  expect(limiter.admit('a', 1)).toBe(true)
})

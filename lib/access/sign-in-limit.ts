import { createBoundedCache } from './bounded-cache'

const REMEMBERED_KEYS = 10_000

/** Counts sign-in attempts under a key (an address, or an address from one place). */
export type SignInLimiter = {
  /** Counts an attempt; false when the key has used up its attempts of the last window, and then it is not counted. */
  admit: (key: string, nowMs: number) => boolean
  /** Forgets the attempts of a key after one succeeded. */
  clear: (key: string) => void
}

/**
 * At most `limit` attempts per key in any `windowMs`. An attempt counts before it is known to fail, so that many at
 * once are limited too.
 */
export function createSignInLimiter({ limit, windowMs }: { limit: number; windowMs: number }): SignInLimiter {
  const attempts = createBoundedCache<number[]>({ limit: REMEMBERED_KEYS })
  return {
    admit: (key, nowMs) => {
      const recent = (attempts.get(key) ?? []).filter((at) => nowMs - at < windowMs)
      if (recent.length >= limit) return false
      attempts.set(key, [...recent, nowMs])
      return true
    },
    clear: attempts.delete,
  }
}

import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { processSingleton } from '../platform/process-singleton'

const MINUTE_SECONDS = 60

/**
 * Counts a request against its key's limit a minute, in this process; null = it may go on, else the seconds to wait.
 * Nothing queues: a request above the limit is told so at once.
 */
export async function consumeKeyLimit({
  keyId,
  requestsPerMinute,
}: {
  keyId: number
  /** Null = no limit. */
  requestsPerMinute: number | null
}): Promise<number | null> {
  if (requestsPerMinute === null) return null
  try {
    await limiterOf(requestsPerMinute).consume(keyId)
    return null
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000))
    throw refusal
  }
}

/** One limiter for each limit in use: the number of points is fixed when a limiter is made. */
function limiterOf(points: number): RateLimiterMemory {
  const limiters = processSingleton('key-limits', () => new Map<number, RateLimiterMemory>())
  const existing = limiters.get(points)
  if (existing) return existing
  const limiter = new RateLimiterMemory({ points, duration: MINUTE_SECONDS, keyPrefix: `${points}` })
  limiters.set(points, limiter)
  return limiter
}

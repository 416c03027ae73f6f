const FIRST_DELAY_MS = 500
const LONGEST_DELAY_MS = 30_000
const LONGEST_OBEYED_MS = 600_000

/**
 * How long to wait before try number `attempt` + 1 (the first try is 0), in milliseconds: what the server asked for in
 * `Retry-After` (seconds, or an HTTP date; at most ten minutes), else doubling from half a second up to 30 s.
 */
export function retryDelayMs({
  attempt,
  retryAfter,
  nowMs,
}: {
  attempt: number
  retryAfter: string | null
  nowMs: number
}): number {
  const asked = retryAfter === null ? null : readRetryAfter(retryAfter.trim(), nowMs)
  if (asked !== null) return Math.min(asked, LONGEST_OBEYED_MS)
  return Math.min(FIRST_DELAY_MS * 2 ** attempt, LONGEST_DELAY_MS)
}

function readRetryAfter(text: string, nowMs: number): number | null {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000
  const dateMs = Date.parse(text)
  return Number.isNaN(dateMs) ? null : Math.max(0, dateMs - nowMs)
}

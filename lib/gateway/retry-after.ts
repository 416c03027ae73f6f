/**
 * How long a `Retry-After` header asks to wait, in milliseconds: a number of seconds or an HTTP date (RFC 9110
 * §10.2.3). Null when the header is missing or says neither; a date in the past is zero.
 */
export function readRetryAfterMs(header: string | null | undefined, nowMs: number): number | null {
  const text = header?.trim() ?? ''
  if (/^\d{1,9}(\.\d+)?$/.test(text)) return Number(text) * 1000
  // Date.parse reads a year into any small number.
  const timeMs = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(timeMs) ? null : Math.max(0, timeMs - nowMs)
}

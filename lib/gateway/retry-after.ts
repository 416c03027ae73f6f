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

/**
 * How long a provider asks to wait, in milliseconds: by `retry-after-ms` (OpenAI and Azure), which is the finer one, else
 * by `Retry-After`. Null when it asks for nothing.
 */
export function readRetryAfter(header: (name: string) => string | null, nowMs: number): number | null {
  const text = header('retry-after-ms')?.trim() ?? ''
  return /^\d{1,9}(\.\d+)?$/.test(text) ? Number(text) : readRetryAfterMs(header('retry-after'), nowMs)
}

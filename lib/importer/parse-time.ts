const CALENDAR =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*(Z|UTC|[+-]\d{2}(?::?\d{2})?)?)?$/i
const EPOCH = /^(\d{9,19})(?:\.(\d+))?$/
const MINUTE_MS = 60_000

/**
 * A time as logs write it, as ISO 8601 UTC with milliseconds; null when it is not a time.
 * Without a zone it is UTC. Digits finer than a millisecond are cut off, never rounded, so that no time moves into the
 * next bucket. Bare numbers are epoch seconds (9–10 digits, decimals allowed), milliseconds (up to 13), microseconds
 * (up to 16) or nanoseconds. Dates that do not exist (February 30, hour 25) are not times.
 */
export function parseTime(text: string): string | null {
  const trimmed = text.trim()
  const epochMs = EPOCH.test(trimmed) ? readEpoch(trimmed) : readCalendar(trimmed)
  return epochMs === null ? null : new Date(epochMs).toISOString()
}

function readEpoch(text: string): number | null {
  const [whole = '', fraction = ''] = text.split('.')
  if (whole.length <= 10) return Number(whole) * 1000 + readMilliseconds(fraction)
  if (fraction !== '') return null
  if (whole.length <= 13) return Number(whole)
  return Number(whole.slice(0, whole.length <= 16 ? -3 : -6))
}

function readCalendar(text: string): number | null {
  const match = CALENDAR.exec(text)
  if (!match) return null
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] = match
  const parts = [year, month, day, hour, minute, second].map(Number)
  const [y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0] = parts
  const wallMs = Date.UTC(y, mo - 1, d, h, mi, s)
  const back = new Date(wallMs)
  const isReal =
    back.getUTCMonth() === mo - 1 && back.getUTCDate() === d && h < 24 && mi < 60 && s < 60 && y >= 1970
  if (!isReal) return null
  const offset = readOffsetMinutes(zone)
  return offset === null ? null : wallMs + readMilliseconds(fraction) - offset * MINUTE_MS
}

function readMilliseconds(fraction: string): number {
  return Number(fraction.slice(0, 3).padEnd(3, '0'))
}

function readOffsetMinutes(zone: string): number | null {
  if (/^(z|utc)$/i.test(zone)) return 0
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0')
  const hours = Number(digits.slice(0, 2))
  const minutes = Number(digits.slice(2))
  if (hours > 15 || minutes > 59) return null
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}

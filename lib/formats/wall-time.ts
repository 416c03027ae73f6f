const DAY_MS = 86_400_000
const REMEMBERED_ZONES = 100
const formatters = new Map<string, Intl.DateTimeFormat>()

/** Whether the name is a time zone of the IANA database, such as `Europe/Berlin`. */
export function isTimeZone(zone: string): boolean {
  try {
    formatterOf(zone)
    return true
  } catch {
    return false
  }
}

/**
 * The moment, as epoch milliseconds, at which clocks in `zone` show `wallMs` (the shown time, as if it were UTC). A
 * time that a change of clocks skips or shows twice is a problem in words: guessing would move records by an hour.
 * `zone` must be one (`isTimeZone`).
 */
export function wallTimeIn(zone: string, wallMs: number): number | { problem: string } {
  const offsets = new Set([offsetAt(zone, wallMs - DAY_MS), offsetAt(zone, wallMs + DAY_MS)])
  const moments = [...offsets]
    .map((offset) => ({ moment: wallMs - offset, offset }))
    .filter(({ moment, offset }) => offsetAt(zone, moment) === offset)
  const [first, second] = moments
  if (first === undefined)
    return { problem: `expected a time that exists in ${zone}; clocks went forward over this one` }
  if (second !== undefined)
    return { problem: `expected a time with its offset; clocks in ${zone} showed this one twice` }
  return first.moment
}

function offsetAt(zone: string, ms: number): number {
  const parts: Record<string, number> = {}
  for (const { type, value } of formatterOf(zone).formatToParts(ms)) parts[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(ms / 1000) * 1000
}

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone)
  if (known) return known
  const formatter = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  if (formatters.size >= REMEMBERED_ZONES) formatters.clear()
  formatters.set(zone, formatter)
  return formatter
}

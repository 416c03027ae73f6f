import { wallTimeIn } from './wall-time'

/** A time that was understood, or a sentence that says why not. */
export type LogTime = { iso: string } | { problem: string }

const EXPECTED = 'expected a time such as 2026-11-20T10:00:00.000Z'
const AMBIGUOUS_DATE =
  'expected a date with its year first or its month in letters; day and month cannot be told apart here'
const MINUTE_MS = 60_000
const MONTHS = 'janfebmaraprmayjunjulaugsepoctnovdec'

const MONTH = '(?<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*'
const CLOCK = '(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2})(?:[.,](?<fraction>\\d+))?)?'
// A numeric offset may be followed by the zone's short name, which then says nothing more.
const ZONE =
  '(?<zone>z|(?:(?:utc|gmt)\\s*)?[+-]\\d{2}(?::?\\d{2})?(?::?\\d{2})?(?:\\s+\\(?[a-z][\\w +:-]*\\)?)?|[a-z]{2,5})'

/** Each with the programs that print it. */
const CALENDARS: readonly RegExp[] = [
  // ISO 8601, RFC 3339, Python's str and logging, pandas, Go's String (with its monotonic clock), nginx's error log.
  `(?<year>\\d{4})[-/](?<month>\\d{2})[-/](?<day>\\d{2})(?:(?:t|\\s+)${CLOCK}\\s*${ZONE}?(?:\\s+m=[+-][\\d.]+)?)?`,
  // ISO 8601 without separators.
  `(?<year>\\d{4})(?<month>\\d{2})(?<day>\\d{2})(?:t?(?<hour>\\d{2})(?<minute>\\d{2})(?<second>\\d{2})?(?:[.,](?<fraction>\\d+))?\\s*${ZONE}?)?`,
  // Access logs of nginx and Apache.
  `\\[?(?<day>\\d{1,2})/${MONTH}/(?<year>\\d{4}):${CLOCK}\\s*${ZONE}?\\]?`,
  // RFC 1123, RFC 850, cookies.
  `(?:[a-z]{3,9},?\\s+)?(?<day>\\d{1,2})[\\s-]${MONTH}[\\s-](?<year>\\d{4})\\s+${CLOCK}\\s*${ZONE}?`,
  // ctime, Go's ANSIC and UnixDate.
  `[a-z]{3,9}\\s+${MONTH}\\s+(?<day>\\d{1,2})\\s+${CLOCK}(?:\\s+${ZONE})?\\s+(?<year>\\d{4})`,
  // JavaScript's Date.
  `(?:[a-z]{3,9},?\\s+)?${MONTH}\\s+(?<day>\\d{1,2}),?\\s+(?<year>\\d{4})\\s+${CLOCK}\\s*${ZONE}?`,
].map((source) => new RegExp(`^${source}$`, 'i'))

const PYTHON_REPR =
  /^datetime\.datetime\((\d{4}), (\d{1,2}), (\d{1,2})(?:, (\d{1,2}))?(?:, (\d{1,2}))?(?:, (\d{1,2}))?(?:, (\d{1,6}))?(?:, tzinfo=(.+))?\)$/
const PANDAS_REPR = /^Timestamp\('([^']+)'(?:, tz='([^']+)')?\)$/
const EPOCH = /^(\d{9,19})(?:\.(\d+))?$/
const SCIENTIFIC = /^(\d)\.(\d+)e\+?(\d{1,2})$/i

/**
 * A time as programs print it, as ISO 8601 UTC with milliseconds, or what was wrong with it. What has no zone is read in
 * `zone` (an IANA name; null = UTC), where times that a change of clocks skips or repeats are refused. Digits finer
 * than a millisecond are cut off, so that no time moves into the next bucket. Numbers are epoch seconds (9–10 digits),
 * milliseconds (up to 13), microseconds (up to 16) or nanoseconds, with decimals or not. Never throws.
 */
export function readLogTime(text: string, zone: string | null): LogTime {
  const trimmed = text.trim().slice(0, 200)
  const epochMs = readEpoch(trimmed)
  if (epochMs !== null) return typeof epochMs === 'number' ? toIso(epochMs) : epochMs
  const spelled = respell(trimmed)
  if (spelled.includes(AMBIGUOUS_DATE)) return { problem: AMBIGUOUS_DATE }
  for (const pattern of CALENDARS) {
    const groups = pattern.exec(spelled)?.groups
    if (groups) return readCalendar(groups, zone)
  }
  if (/^\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b/.test(trimmed)) return { problem: AMBIGUOUS_DATE }
  return { problem: EXPECTED }
}

function toIso(epochMs: number): LogTime {
  const date = new Date(epochMs)
  return Number.isNaN(date.getTime()) ? { problem: EXPECTED } : { iso: date.toISOString() }
}

function readEpoch(text: string): number | LogTime | null {
  const scientific = SCIENTIFIC.exec(text)
  if (scientific) return readScientific(scientific)
  const match = EPOCH.exec(text)
  if (!match) return null
  const [, whole = '', fraction = ''] = match
  // Fourteen digits are no unit of an epoch that is not long gone, but a date without separators.
  if (whole.length === 14 && /^(19|20)/.test(whole)) return null
  if (whole.length <= 10) return Number(whole) * 1000 + readMilliseconds(fraction)
  if (whole.length <= 13) return Number(whole)
  return Number(whole.slice(0, whole.length <= 16 ? -3 : -6))
}

/** Floats of Python and pandas have all their digits from 10^16 on; a spreadsheet's have lost some. */
function readScientific([, first = '', rest = '', exponent = '']: RegExpExecArray): number | LogTime {
  const digits = Number(exponent)
  const isWhole = rest.length >= digits || (digits >= 15 && rest.length >= 9)
  if (!isWhole || digits > 18)
    return { problem: 'expected a time with all its digits; format the column as a number and export again' }
  const epoch = readEpoch(first + rest.padEnd(digits, '0').slice(0, digits))
  return epoch ?? { problem: EXPECTED }
}

/** `repr` of Python and pandas, as one of the calendars. */
function respell(text: string): string {
  const pandas = PANDAS_REPR.exec(text)
  if (pandas?.[1] !== undefined) return pandas[1]
  const python = PYTHON_REPR.exec(text)
  if (!python) return text
  const [year, month, day, hour = '0', minute = '0', second = '0', micros = '0', zone = ''] = python.slice(1)
  const two = (part: string | undefined) => (part ?? '').padStart(2, '0')
  const isUtc = /\butc\b|zone\.utc|key='UTC'/i.test(zone)
  if (zone !== '' && !isUtc) return AMBIGUOUS_DATE
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}.${micros.padStart(6, '0')}${isUtc ? 'Z' : ''}`
}

function readCalendar(groups: Record<string, string | undefined>, zone: string | null): LogTime {
  const month = Number(groups.month)
  const mo = Number.isNaN(month)
    ? MONTHS.indexOf((groups.month ?? '').toLowerCase().slice(0, 3)) / 3 + 1
    : month
  const [y = 0, d = 0, h = 0, mi = 0, s = 0] = ['year', 'day', 'hour', 'minute', 'second'].map((name) =>
    Number(groups[name] ?? 0),
  )
  const wallMs = Date.UTC(y, mo - 1, d, h, mi, s)
  const back = new Date(wallMs)
  const isReal =
    back.getUTCMonth() === mo - 1 && back.getUTCDate() === d && h < 24 && mi < 60 && s < 60 && y >= 1970
  if (!isReal) return { problem: 'expected a time that exists' }
  const fraction = readMilliseconds(groups.fraction ?? '')
  if (groups.zone === undefined) {
    const found = zone === null ? wallMs : wallTimeIn(zone, wallMs)
    return typeof found === 'number' ? toIso(found + fraction) : { problem: found.problem }
  }
  const offset = readOffsetMinutes(groups.zone)
  if (offset === null)
    return {
      problem: `expected an offset such as +02:00 instead of "${groups.zone}", which names several zones`,
    }
  return toIso(wallMs + fraction - offset * MINUTE_MS)
}

function readMilliseconds(fraction: string): number {
  return Number(fraction.slice(0, 3).padEnd(3, '0'))
}

function readOffsetMinutes(zone: string): number | null {
  if (/^(z|utc|gmt)$/i.test(zone)) return 0
  const match = /([+-])(\d{2}):?(\d{2})?/.exec(zone)
  if (!match) return null
  const hours = Number(match[2])
  const minutes = Number(match[3] ?? 0)
  if (hours > 15 || minutes > 59) return null
  return (match[1] === '-' ? -1 : 1) * (hours * 60 + minutes)
}

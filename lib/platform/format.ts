/**
 * Every number, date and amount on screen is written here. Plain arithmetic instead of Intl: the server and any
 * browser must print the same characters, or React discards the server's page.
 */

const COMPACT_STEPS = [
  { from: 1e12, suffix: 'T' },
  { from: 1e9, suffix: 'B' },
  { from: 1e6, suffix: 'M' },
  { from: 1e3, suffix: 'K' },
] as const

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const
const MONTH_NAMES = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000

/** What stands where a number is not known. */
export const UNKNOWN = '–'
const MINUS = '−'

/** A figure and its unit, apart so that the unit can be set smaller. */
export type FigureParts = { figure: string; suffix: string }

/** Three significant digits: 28.4T, 1.23B, 456M, 12.3K, 999. */
export function compactParts(value: number): FigureParts {
  const sign = value < 0 ? MINUS : ''
  const size = Math.abs(value)
  const step = COMPACT_STEPS.find(({ from }) => size >= from * 0.9995)
  if (step === undefined) return { figure: sign + smallFigure(size), suffix: '' }
  return { figure: sign + threeDigits(size / step.from), suffix: step.suffix }
}

/** A count in three digits, such as 12.3M. */
export function formatCompact(value: number): string {
  const { figure, suffix } = compactParts(value)
  return figure + suffix
}

/** Every digit, in groups of three: 1,234,567. */
export function formatExact(value: number): string {
  const sign = value < 0 ? MINUS : ''
  return sign + groupDigits(String(Math.round(Math.abs(value))))
}

/** 12.3%; a share too small for one decimal is said to be so instead of shown as none. */
export function formatPercent(share: number | null): string {
  if (share === null) return UNKNOWN
  const percent = share * 100
  if (percent > 0 && percent < 0.05) return '<0.1%'
  if (percent < 100 && percent >= 99.95) return '>99.9%'
  return `${percent.toFixed(1)}%`
}

/** 55%, for a headline that is said in whole percents; what is not quite none or all is said to be so. */
export function formatWholePercent(share: number | null): string {
  if (share === null) return UNKNOWN
  const percent = Math.round(share * 100)
  if (share > 0 && percent === 0) return '<1%'
  if (share < 1 && percent === 100) return '>99%'
  return `${percent}%`
}

/** A relative change with its sign: +12.3%, −4.1%, +260%, ×12; null reads as unknown. */
export function formatChange(change: number | null): string {
  if (change === null) return UNKNOWN
  const percent = Math.abs(change) * 100
  if (percent < 0.05) return '0.0%'
  if (change >= 9.995) return `×${formatCompact(Math.round(change + 1))}`
  return `${change < 0 ? MINUS : '+'}${percent >= 99.95 ? percent.toFixed(0) : percent.toFixed(1)}%`
}

/** A change of a ratio, in percentage points: +1.2 pp. */
export function formatPoints(change: number | null): string {
  if (change === null) return UNKNOWN
  const points = Math.abs(change) * 100
  if (points < 0.005) return '0.0 pp'
  return `${change < 0 ? MINUS : '+'}${points < 0.1 ? points.toFixed(2) : points.toFixed(1)} pp`
}

/** $0.0021, $0.42, $12.34, $1,234, $12.3K: enough digits to tell two amounts apart, no more. */
export function formatUsd(amount: number | null): string {
  if (amount === null) return UNKNOWN
  const { figure, suffix } = usdParts(amount)
  return figure + suffix
}

/** An amount in US dollars, its figure apart from its unit. */
export function usdParts(amount: number): FigureParts {
  const sign = amount < 0 ? MINUS : ''
  const size = Math.abs(amount)
  if (size >= 9_999.5) {
    const { figure, suffix } = compactParts(size)
    return { figure: `${sign}$${figure}`, suffix }
  }
  return { figure: `${sign}$${usdDigits(size)}`, suffix: '' }
}

/** 412 ms, 1.94 s, 30.0 s, 2 min 5 s, 12 min, 5 h 40 min: how long something took; null reads as unknown. */
export function formatDuration(durationMs: number | null): string {
  if (durationMs === null) return UNKNOWN
  if (durationMs < 999.5) return `${Math.round(durationMs)} ms`
  if (durationMs < 59_950) return `${threeDigits(durationMs / 1000)} s`
  const seconds = Math.round(durationMs / 1000)
  if (seconds < 600) return twoUnits(Math.floor(seconds / 60), 'min', seconds % 60, 's')
  const minutes = Math.round(durationMs / MINUTE_MS)
  if (minutes < 60) return `${minutes} min`
  if (minutes < 24 * 60) return twoUnits(Math.floor(minutes / 60), 'h', minutes % 60, 'min')
  const hours = Math.round(durationMs / HOUR_MS)
  return twoUnits(Math.floor(hours / 24), 'd', hours % 24, 'h')
}

/** 14 Nov, or 14 Nov 2025 with `withYear`. */
export function formatDay(timeMs: number, options: { withYear?: boolean } = {}): string {
  const date = new Date(timeMs)
  const day = `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`
  return options.withYear ? `${day} ${date.getUTCFullYear()}` : day
}

/** November 2026. */
export function formatMonth(timeMs: number): string {
  const date = new Date(timeMs)
  return `${MONTH_NAMES[date.getUTCMonth()]} ${date.getUTCFullYear()}`
}

/** 09:05, on the UTC clock. */
export function formatClock(timeMs: number): string {
  const date = new Date(timeMs)
  return `${twoDigits(date.getUTCHours())}:${twoDigits(date.getUTCMinutes())}`
}

/** 09:05:07, on the UTC clock. */
export function formatClockSeconds(timeMs: number): string {
  return `${formatClock(timeMs)}:${twoDigits(new Date(timeMs).getUTCSeconds())}`
}

/** The name of one bucket of a chart: Sat 14 Nov, or Sat 14 Nov, 09:00–10:00. Times are UTC, which the chart says. */
export function formatBucket(startMs: number, endMs: number): string {
  const date = new Date(startMs)
  const day = `${WEEKDAYS[date.getUTCDay()]} ${formatDay(startMs)}`
  const length = endMs - startMs
  if (length === DAY_MS && startMs % DAY_MS === 0) return day
  if (length < DAY_MS) return `${day}, ${formatClock(startMs)}–${formatClock(endMs)}`
  return `${formatDay(startMs)} – ${formatDay(endMs - 1)}`
}

/** 14 Nov 2026, 09:05 UTC. */
export function formatInstant(timeMs: number): string {
  return `${formatDay(timeMs, { withYear: true })}, ${formatClock(timeMs)} UTC`
}

/**
 * A half-open window as people say it: whole days by their first and last day (14–20 Nov 2026 UTC), days from one time
 * to the same time with that time once (14–21 Nov 2026, 09:05 UTC), others with both times.
 */
export function formatWindow(fromMs: number, toMs: number): string {
  const isWholeDays = fromMs % DAY_MS === 0 && toMs % DAY_MS === 0
  if (isWholeDays) return `${formatDays(fromMs, toMs - DAY_MS)} UTC`
  const lengthMs = toMs - fromMs
  if (lengthMs >= DAY_MS && lengthMs % DAY_MS === 0) {
    return `${formatDays(fromMs, toMs)}, ${formatClock(toMs)} UTC`
  }
  const isOneYear = yearOf(fromMs) === yearOf(toMs)
  return `${formatDay(fromMs, { withYear: !isOneYear })}, ${formatClock(fromMs)} – ${formatInstant(toMs)}`
}

/** First and last day, naming their month and year once where they share them. */
function formatDays(firstMs: number, lastMs: number): string {
  const last = formatDay(lastMs, { withYear: true })
  if (lastMs <= firstMs) return formatDay(firstMs, { withYear: true })
  if (yearOf(firstMs) !== yearOf(lastMs)) return `${formatDay(firstMs, { withYear: true })} – ${last}`
  const first = new Date(firstMs)
  if (first.getUTCMonth() !== new Date(lastMs).getUTCMonth()) return `${formatDay(firstMs)} – ${last}`
  return `${first.getUTCDate()}–${last}`
}

/** How long ago, in one unit: just now, 3 min ago, 5 h ago, 2 days ago. */
export function formatAgo(timeMs: number, nowMs: number): string {
  const elapsed = nowMs - timeMs
  if (elapsed < MINUTE_MS) return 'just now'
  if (elapsed < HOUR_MS) return `${Math.floor(elapsed / MINUTE_MS)} min ago`
  if (elapsed < DAY_MS) return `${Math.floor(elapsed / HOUR_MS)} h ago`
  const days = Math.floor(elapsed / DAY_MS)
  if (days < 60) return days === 1 ? 'yesterday' : `${days} days ago`
  return formatDay(timeMs, { withYear: true })
}

/** 2026-11-14, as date inputs and file names want it. */
export function formatIsoDay(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 10)
}

function yearOf(timeMs: number): number {
  return new Date(timeMs).getUTCFullYear()
}

/** 2 min 5 s, and 2 min when there is nothing left over. */
function twoUnits(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`
}

function threeDigits(value: number): string {
  if (value >= 99.95) return value.toFixed(0)
  return value >= 9.995 ? value.toFixed(1) : value.toFixed(2)
}

function smallFigure(size: number): string {
  return Number.isInteger(size) ? String(size) : threeDigits(size)
}

function usdDigits(size: number): string {
  if (size === 0) return '0'
  if (size >= 999.5) return groupDigits(size.toFixed(0))
  if (size >= 0.0995) return size.toFixed(2)
  return size.toPrecision(2).includes('e') ? '0.00' : size.toPrecision(2)
}

function groupDigits(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',')
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}

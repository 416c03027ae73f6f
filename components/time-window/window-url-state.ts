import { createParser, parseAsStringLiteral } from 'nuqs/server'
import { PERIOD_NAMES } from '@/lib/time/period'

const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/
const ISO_INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/
const DAY_MS = 86_400_000

/** An instant in the URL: `2026-11-14` (midnight UTC) or a full ISO 8601 time. */
export const parseAsInstant = createParser<number>({
  parse: (value) => {
    if (!ISO_DAY.test(value) && !ISO_INSTANT.test(value)) return null
    const time = Date.parse(value)
    return Number.isNaN(time) ? null : time
  },
  serialize: (time) => {
    const iso = new Date(time).toISOString()
    return time % DAY_MS === 0 ? iso.slice(0, 10) : iso
  },
})

/** `?period=7d`, or `?from=…&to=…` half-open, which wins. */
export const windowParsers = {
  period: parseAsStringLiteral(PERIOD_NAMES).withDefault('7d'),
  from: parseAsInstant,
  to: parseAsInstant,
}

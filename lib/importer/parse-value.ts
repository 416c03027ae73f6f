import { parseTime } from './parse-time'
import type { FieldKind } from './record-fields'

/** `value` undefined = the file does not say: the field is left out, because unknown is not zero. */
export type ParsedValue = { value: unknown } | { problem: string }

const COUNT = /^\d+(\.0+)?$/
const AMOUNT = /^\d+(\.\d+)?(e[+-]?\d+)?$/i

/**
 * One cell or JSON value as the value of a field of that kind.
 * Blank text and null mean "not said". Numbers are strict: no sign, no thousands separators, no trailing words;
 * a count may be written `374.0`. The problem is a phrase that says what was expected and what was found.
 */
export function parseValue(kind: FieldKind, raw: unknown): ParsedValue {
  if (raw === null || raw === undefined) return { value: undefined }
  if (kind === 'json') return parseJson(raw)
  if (typeof raw === 'boolean') return kind === 'flag' ? { value: raw } : expected(kind, raw)
  if (typeof raw !== 'string' && typeof raw !== 'number') return expected(kind, raw)
  const text = String(raw).trim()
  if (text === '') return { value: undefined }
  const value = parseText(kind, text)
  return value === undefined ? expected(kind, raw) : { value }
}

function parseText(kind: Exclude<FieldKind, 'json'>, text: string): unknown {
  switch (kind) {
    case 'text':
      return text
    case 'time':
      return parseTime(text) ?? undefined
    case 'count': {
      const count = COUNT.test(text) ? Number(text) : Number.NaN
      return Number.isSafeInteger(count) ? count : undefined
    }
    case 'amount': {
      const amount = AMOUNT.test(text) ? Number(text) : Number.NaN
      return Number.isFinite(amount) ? amount : undefined
    }
    case 'flag':
      if (/^(true|1)$/i.test(text)) return true
      return /^(false|0)$/i.test(text) ? false : undefined
  }
}

function parseJson(raw: unknown): ParsedValue {
  if (typeof raw !== 'string') return { value: raw }
  if (raw.trim() === '') return { value: undefined }
  try {
    return { value: JSON.parse(raw) ?? undefined }
  } catch {
    return expected('json', raw)
  }
}

const EXPECTATION = {
  text: 'text',
  time: 'a time such as 2026-11-20T10:00:00.000Z',
  count: 'a whole number, 0 or more',
  amount: 'a number, 0 or more',
  flag: 'true or false',
  json: 'JSON',
} as const satisfies Record<FieldKind, string>

function expected(kind: FieldKind, raw: unknown): ParsedValue {
  const found = typeof raw === 'string' ? raw : (JSON.stringify(raw) ?? String(raw))
  const shown = found.length > 60 ? `${found.slice(0, 60)}…` : found
  return { problem: `expected ${EXPECTATION[kind]}, found "${shown}"` }
}

import { readLogTime } from '../formats/log-time'
import type { FieldKind } from './record-fields'

/** `value` undefined = the file does not say: the field is left out, because unknown is not zero. */
export type ParsedValue = { value: unknown } | { problem: string }

/** Three noughts after the point are thousands to half of the world. */
const COUNT = /^\d+(\.(0{1,2}|0{4,}))?$/
const GROUPED_COUNT = /^\d{1,3}([.,'’ \u00a0\u202f]\d{3})+([.,]\d+)?$/
const GROUPED_AMOUNT =
  /^\d{1,3}(['’ \u00a0\u202f]\d{3})+([.,]\d+)?$|^\d+,\d+$|^\d{1,3}(,\d{3})+\.\d+$|^\d{1,3}(\.\d{3})+,\d+$|^\d{1,3}(\.\d{3}){2,}$|^\d{1,3}(,\d{3}){2,}$/
const AMOUNT = /^\d+(\.\d+)?(e[+-]?\d+)?$/i

/**
 * One cell or JSON value as the value of a field of that kind.
 * Blank text and null mean "not said". Numbers are strict: no sign, no thousands separators, no trailing words;
 * a count may be written `374.0`, but not `1.000`. Times without a zone are of `zone` (null = UTC). The problem is a phrase
 * that says what was expected and what was found.
 */
export function parseValue(kind: FieldKind, raw: unknown, zone: string | null = null): ParsedValue {
  if (raw === null || raw === undefined) return { value: undefined }
  if (kind === 'json') return parseJson(raw)
  if (typeof raw === 'boolean') return kind === 'flag' ? { value: raw } : expected(kind, raw)
  if (typeof raw !== 'string' && typeof raw !== 'number') return expected(kind, raw)
  const text = String(raw).trim()
  if (text === '') return { value: undefined }
  if (kind === 'time') return parseTime(raw, text, zone)
  const value = parseText(kind, text)
  if (value !== undefined) return { value }
  const isGrouped =
    (kind === 'count' && GROUPED_COUNT.test(text)) || (kind === 'amount' && GROUPED_AMOUNT.test(text))
  return isGrouped ? grouped(kind, text) : expected(kind, raw)
}

function parseTime(raw: string | number, text: string, zone: string | null): ParsedValue {
  const read = readLogTime(text, zone)
  return 'iso' in read ? { value: read.iso } : { problem: `${read.problem}, found "${shortened(raw)}"` }
}

function parseText(kind: Exclude<FieldKind, 'json' | 'time'>, text: string): unknown {
  switch (kind) {
    case 'text':
      return text
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
  return { problem: `expected ${EXPECTATION[kind]}, found "${shortened(raw)}"` }
}

function grouped(kind: FieldKind, text: string): ParsedValue {
  return {
    problem: `expected ${EXPECTATION[kind]}, with a point for decimals and nothing between thousands (export the column as plain numbers), found "${shortened(text)}"`,
  }
}

function shortened(raw: unknown): string {
  const found = typeof raw === 'string' ? raw : (JSON.stringify(raw) ?? String(raw))
  return found.length > 60 ? `${found.slice(0, 60)}…` : found
}

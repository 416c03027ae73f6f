import type { FieldError } from '../platform/errors'
import { isObject, type JsonObject } from '../platform/json-value'
import { parseJson } from '../platform/parse-json'
import { RECORD_LIMITS } from '../records/record-limits'
import { storableText } from '../records/storable-text'
import { readLogTime } from './log-time'

/**
 * Reads the fields of one element of a log. Each question names where the value may stand, the first that says something
 * counts: a key, or a dotted path. What is missing, blank or cannot be true is undefined, since one odd value must not
 * cost the request; what is surely a misunderstanding is noted in `errors`.
 */
export type FieldReader = {
  errors: FieldError[]
  /** The first value that is neither missing, null nor blank. */
  value: (...paths: string[]) => unknown
  text: (maxLength: number, ...paths: string[]) => string | undefined
  /** A count of tokens. */
  tokens: (...paths: string[]) => number | undefined
  /** A number of zero or more, times `factor`. */
  amount: (factor: number, ...paths: string[]) => number | undefined
  usd: (factor: number, ...paths: string[]) => number | undefined
  /** Milliseconds, of a value in units of `factor` milliseconds. */
  durationMs: (factor: number, ...paths: string[]) => number | undefined
  httpStatus: (...paths: string[]) => number | undefined
  flag: (...paths: string[]) => boolean | undefined
  /** ISO 8601 UTC. */
  time: (...paths: string[]) => string | undefined
  /** An object, or one written as JSON text; empty when there is none. */
  object: (...paths: string[]) => JsonObject
}

const NUMBER = /^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i
/** 1,200 · 1.200 · 1 200 · 1'200: in a count a separator of thousands, whatever it looks like. */
const GROUPED = /^\d{1,3}(?:[,.'’\u00a0\u202f ]\d{3})+(?:[.,]\d+)?$/
const DECIMAL_COMMA = /^\d+,\d+$/

/** A reader of one element; `zone` is that of times that name none. */
export function readFields(element: JsonObject, zone: string | null = null): FieldReader {
  const errors: FieldError[] = []
  const find = (paths: readonly string[]) => {
    for (const path of paths) {
      const value = valueAt(element, path)
      if (value !== undefined && value !== null && value !== '' && value !== 'None') return { path, value }
    }
    return { path: paths[0] ?? '', value: undefined }
  }
  const number = (paths: readonly string[], isCount: boolean): number | undefined => {
    const { path, value } = find(paths)
    if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
    if (typeof value !== 'string') return undefined
    const text = value.trim()
    if ((isCount && GROUPED.test(text)) || DECIMAL_COMMA.test(text) || /^\d{1,3}(,\d{3})+\./.test(text)) {
      errors.push({
        path,
        message: `expected a number without separators of thousands, found "${text.slice(0, 40)}"`,
      })
      return undefined
    }
    return NUMBER.test(text) ? Number(text) : undefined
  }
  const amount = (factor: number, paths: readonly string[], max: number) => {
    const found = number(paths, false)
    const scaled = found === undefined ? undefined : found * factor
    return scaled !== undefined && scaled >= 0 && scaled <= max ? scaled : undefined
  }
  return {
    errors,
    value: (...paths) => find(paths).value,
    text(maxLength, ...paths) {
      const { value } = find(paths)
      if (typeof value !== 'string' && typeof value !== 'number') return undefined
      const text = storableText(String(value).trim(), maxLength)
      return text === '' ? undefined : text
    },
    tokens(...paths) {
      const found = number(paths, true)
      const isCount =
        found !== undefined && Number.isInteger(found) && found >= 0 && found <= RECORD_LIMITS.maxTokens
      return isCount ? found : undefined
    },
    amount: (factor, ...paths) => amount(factor, paths, Number.MAX_SAFE_INTEGER),
    usd: (factor, ...paths) => amount(factor, paths, RECORD_LIMITS.maxCostUsd),
    durationMs: (factor, ...paths) => amount(factor, paths, RECORD_LIMITS.maxDurationMs),
    httpStatus(...paths) {
      const found = number(paths, false)
      return found !== undefined && Number.isInteger(found) && found >= 100 && found <= 599
        ? found
        : undefined
    },
    flag(...paths) {
      const { value } = find(paths)
      if (typeof value === 'boolean') return value
      if (/^(true|1|yes)$/i.test(String(value))) return true
      return /^(false|0|no)$/i.test(String(value)) ? false : undefined
    },
    time(...paths) {
      const { path, value } = find(paths)
      if (typeof value !== 'string' && typeof value !== 'number') return undefined
      const read = readLogTime(String(value), zone)
      if ('iso' in read) return read.iso
      errors.push({ path, message: `${read.problem}, found "${String(value).slice(0, 60)}"` })
      return undefined
    },
    object(...paths) {
      for (const path of paths) {
        const value = valueAt(element, path)
        if (isObject(value)) return value
        const parsed = typeof value === 'string' && /^\s*\{/.test(value) ? parseJson(value) : undefined
        if (isObject(parsed)) return parsed
      }
      return {}
    },
  }
}

function valueAt(element: JsonObject, path: string): unknown {
  if (Object.hasOwn(element, path)) return element[path]
  let value: unknown = element
  for (const step of path.split('.')) {
    if (!isObject(value) || !Object.hasOwn(value, step)) return undefined
    value = value[step]
  }
  return value
}

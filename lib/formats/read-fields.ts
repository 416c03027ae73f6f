import type { FieldError } from '../platform/errors'
import { isObject, type JsonObject } from '../platform/json-value'
import { parseJson } from '../platform/parse-json'
import { RECORD_LIMITS } from '../records/record-limits'
import { storableText } from '../records/storable-text'
import { readLogTime } from './log-time'

const NUMBER = /^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i
/** 1,200 · 1.200 · 1 200 · 1'200: in a count a separator of thousands, whatever it looks like. */
const GROUPED = /^\d{1,3}(?:[,.'’\u00a0\u202f ]\d{3})+(?:[.,]\d+)?$/
const DECIMAL_COMMA = /^\d+,\d+$/

/** Paths repeat with every element, so that they are cut once. */
const steps = new Map<string, readonly string[]>()

/**
 * Reads the fields of one element of a log. Each question names where the value may stand, the first that says something
 * counts: a key, or a dotted path. What is missing, blank or cannot be true is undefined, since one odd value must not
 * cost the request; what is surely a misunderstanding is noted in `errors`. A class, since one is made for each element.
 */
export class FieldReader {
  readonly errors: FieldError[] = []
  private readonly element: JsonObject
  private readonly zone: string | null

  constructor(element: JsonObject, zone: string | null) {
    this.element = element
    this.zone = zone
  }

  /** The first value that is neither missing, null nor blank. */
  value(...paths: string[]): unknown {
    for (const path of paths) {
      const value = saidAt(this.element, path)
      if (value !== undefined) return value
    }
    return undefined
  }

  text(maxLength: number, ...paths: string[]): string | undefined {
    const value = this.value(...paths)
    if (typeof value !== 'string' && typeof value !== 'number') return undefined
    const text = storableText(String(value).trim(), maxLength)
    return text === '' ? undefined : text
  }

  /** A count of tokens. */
  tokens(...paths: string[]): number | undefined {
    const found = this.number(paths, true)
    const isCount =
      found !== undefined && Number.isInteger(found) && found >= 0 && found <= RECORD_LIMITS.maxTokens
    return isCount ? found : undefined
  }

  /** A number of zero or more, times `factor`. */
  amount(factor: number, ...paths: string[]): number | undefined {
    return this.upTo(Number.MAX_SAFE_INTEGER, factor, paths)
  }

  usd(factor: number, ...paths: string[]): number | undefined {
    return this.upTo(RECORD_LIMITS.maxCostUsd, factor, paths)
  }

  /** Milliseconds, of a value in units of `factor` milliseconds. */
  durationMs(factor: number, ...paths: string[]): number | undefined {
    return this.upTo(RECORD_LIMITS.maxDurationMs, factor, paths)
  }

  httpStatus(...paths: string[]): number | undefined {
    const found = this.number(paths, false)
    return found !== undefined && Number.isInteger(found) && found >= 100 && found <= 599 ? found : undefined
  }

  flag(...paths: string[]): boolean | undefined {
    const value = this.value(...paths)
    if (typeof value === 'boolean') return value
    // An object may have no text at all, or one without end.
    if (typeof value !== 'string' && typeof value !== 'number') return undefined
    if (/^(true|1|yes)$/i.test(String(value))) return true
    return /^(false|0|no)$/i.test(String(value)) ? false : undefined
  }

  /** ISO 8601 UTC. */
  time(...paths: string[]): string | undefined {
    const path = paths.find((one) => saidAt(this.element, one) !== undefined) ?? ''
    const value = saidAt(this.element, path)
    if (typeof value !== 'string' && typeof value !== 'number') return undefined
    const read = readLogTime(String(value), this.zone)
    if ('iso' in read) return read.iso
    this.errors.push({ path, message: `${read.problem}, found "${String(value).slice(0, 60)}"` })
    return undefined
  }

  /** An object, or one written as JSON text; empty when there is none. */
  object(...paths: string[]): JsonObject {
    for (const path of paths) {
      const value = valueAt(this.element, path)
      if (isObject(value)) return value
      const parsed = typeof value === 'string' && /^\s*\{/.test(value) ? parseJson(value) : undefined
      if (isObject(parsed)) return parsed
    }
    return {}
  }

  private upTo(max: number, factor: number, paths: readonly string[]): number | undefined {
    const found = this.number(paths, false)
    const scaled = found === undefined ? undefined : found * factor
    return scaled !== undefined && scaled >= 0 && scaled <= max ? scaled : undefined
  }

  private number(paths: readonly string[], isCount: boolean): number | undefined {
    for (const path of paths) {
      const value = saidAt(this.element, path)
      if (value === undefined) continue
      if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
      return typeof value === 'string' ? this.numberOf(path, value.trim(), isCount) : undefined
    }
    return undefined
  }

  private numberOf(path: string, text: string, isCount: boolean): number | undefined {
    const isGrouped = DECIMAL_COMMA.test(text) || /^\d{1,3}(,\d{3})+\./.test(text)
    if (!isGrouped && !(isCount && GROUPED.test(text))) return NUMBER.test(text) ? Number(text) : undefined
    const found = text.slice(0, 40)
    this.errors.push({ path, message: `expected a number without separators of thousands, found "${found}"` })
    return undefined
  }
}

/** A reader of one element; `zone` is that of times that name none. */
export function readFields(element: JsonObject, zone: string | null = null): FieldReader {
  return new FieldReader(element, zone)
}

/** The value there, undefined when it says nothing. */
function saidAt(element: JsonObject, path: string): unknown {
  const value = valueAt(element, path)
  return value === null || value === '' || value === 'None' ? undefined : value
}

function valueAt(element: JsonObject, path: string): unknown {
  if (Object.hasOwn(element, path)) return element[path]
  let value: unknown = element
  for (const step of stepsOf(path)) {
    if (!isObject(value) || !Object.hasOwn(value, step)) return undefined
    value = value[step]
  }
  return value
}

function stepsOf(path: string): readonly string[] {
  const known = steps.get(path)
  if (known !== undefined) return known
  const cut = path.split('.')
  steps.set(path, cut)
  return cut
}

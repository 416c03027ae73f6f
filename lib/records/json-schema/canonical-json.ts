import { isObject } from '../../platform/json-value'
import { type Run, spend, TooExpensive } from './check'

const MAX_DEPTH = 400
const CHARACTERS_PER_STEP = 4

/**
 * The text of a JSON value with the keys of its objects in order: the same for two values exactly when JSON Schema
 * calls them equal. Throws `TooExpensive`.
 */
export function canonicalJson(value: unknown, run: Run, depth = 0): string {
  if (depth > MAX_DEPTH) throw new TooExpensive()
  if (Array.isArray(value)) {
    spend(run, 8)
    return `[${value.map((item) => canonicalJson(item, run, depth + 1)).join()}]`
  }
  if (isObject(value)) {
    const keys = Object.keys(value).sort()
    spend(run, 8 + 8 * keys.length)
    return `{${keys.map((key) => `${quoted(key, run)}:${canonicalJson(value[key], run, depth + 1)}`).join()}}`
  }
  spend(run, 4)
  return typeof value === 'string' ? quoted(value, run) : String(value)
}

function quoted(text: string, run: Run): string {
  spend(run, Math.ceil(text.length / CHARACTERS_PER_STEP))
  return JSON.stringify(text)
}

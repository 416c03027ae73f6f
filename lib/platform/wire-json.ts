import { parse, stringify } from 'lossless-json'
import { parseJson } from './parse-json'

/**
 * A whole number beyond 2^53, such as an id of 19 digits, which a JavaScript number would round. Plain `JSON.stringify`
 * writes the rounded number; `stringifyWire` all digits.
 */
export class WireInteger {
  readonly digits: string
  constructor(digits: string) {
    this.digits = digits
  }

  toJSON(): number {
    hasMetInteger = true
    return Number(this.digits)
  }
}

let hasMetInteger = false

/**
 * The value of a JSON text that goes on to somebody else; undefined when it is none. Whole numbers beyond 2^53 become
 * `WireInteger`s. Texts without a number of 16 digits, nearly all, take the fast way.
 */
export function parseWire(text: string): unknown {
  if (!hasLongNumber(text)) return parseJson(text)
  try {
    return parse(text, null, { parseNumber: numberOf, onDuplicateKey: ({ newValue }) => newValue })
  } catch {
    // No JSON, or nested deeper than a recursive parser goes.
    return parseJson(text)
  }
}

/** The value as JSON with all digits. Throws what `JSON.stringify` throws. */
export function stringifyWire(value: unknown): string {
  hasMetInteger = false
  const text = JSON.stringify(value)
  if (!hasMetInteger) return text
  const isInteger = (one: unknown) => one instanceof WireInteger
  const digitsOf = (one: unknown) => (one instanceof WireInteger ? one.digits : '')
  return stringify(value, null, undefined, [{ test: isInteger, stringify: digitsOf }]) ?? text
}

function numberOf(text: string): number | WireInteger {
  const value = Number(text)
  const isExact = Number.isSafeInteger(value) || String(value) === text
  return isExact || !/^-?\d+$/.test(text) ? value : new WireInteger(text)
}

const LONG = 16

/** Whether 16 digits follow each other somewhere; looks at every sixteenth character, which such a run cannot avoid. */
function hasLongNumber(text: string): boolean {
  for (let at = LONG - 1; at < text.length; at += LONG) {
    if (!isDigit(text, at)) continue
    let start = at
    let end = at
    while (isDigit(text, start - 1)) start -= 1
    while (isDigit(text, end + 1)) end += 1
    if (end - start + 1 >= LONG) return true
  }
  return false
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code >= 48 && code <= 57
}

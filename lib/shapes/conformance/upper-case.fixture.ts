import { isObject } from '../../platform/json-value'

/** Fields whose values are somebody else's JSON, and stay as they are. */
const FOREIGN: ReadonlySet<string> = new Set(['parameters', 'schema', 'value', 'metadata', 'logitBias'])

/** `maxTokens` and `max_tokens` as `MAX_TOKENS`. */
export function upperCaseName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()
}

/** A value of the hub with all its field names in capitals. */
export function toUpperCase(value: unknown): unknown {
  return rename(value, upperCaseName, (name) => FOREIGN.has(name))
}

/** The value of the hub again. */
export function fromUpperCase(value: unknown): unknown {
  return rename(value, lowerCaseName, (name) => FOREIGN.has(lowerCaseName(name)))
}

function lowerCaseName(name: string): string {
  return name.toLowerCase().replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

function rename(value: unknown, to: (name: string) => string, isForeign: (name: string) => boolean): unknown {
  if (Array.isArray(value)) return value.map((one) => rename(one, to, isForeign))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      to(name),
      isForeign(name) ? field : rename(field, to, isForeign),
    ]),
  )
}

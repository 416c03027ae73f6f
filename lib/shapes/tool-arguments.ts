import { isObject, type JsonObject } from '../platform/json-value'
import { parseWire, stringifyWire } from '../platform/wire-json'

/**
 * Some shapes want a tool call's input to be an object, models of others write any text. Text that is no JSON object
 * travels under this one key and comes back as the same text, so that a bad call stays visible as it was.
 */
export const RAW_ARGUMENTS_KEY = '__raw_arguments'

/** Arguments text as an input object; empty is `{}`. Whole numbers beyond 2^53 keep their digits. */
export function inputFromArguments(text: string): JsonObject {
  if (text.trim() === '') return {}
  const value = parseWire(text)
  return isObject(value) ? value : { [RAW_ARGUMENTS_KEY]: text }
}

/** An input as arguments text; missing is `{}`. */
export function argumentsFromInput(input: unknown): string {
  if (input === undefined || input === null) return '{}'
  const raw = isObject(input) && Object.keys(input).length === 1 ? input[RAW_ARGUMENTS_KEY] : undefined
  return typeof raw === 'string' ? raw : argumentsText(input)
}

/** Arguments as raw text: text as it is, nothing as empty, anything else as JSON. */
export function argumentsText(value: unknown): string {
  if (typeof value === 'string') return value
  return value === undefined || value === null ? '' : stringifyWire(value)
}

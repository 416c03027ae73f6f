import { isObject, type JsonObject } from '../../platform/json-value'
import { argumentsText } from '../openai-chat/join-tool-calls'

/**
 * Anthropic wants a tool call's input to be an object, models of the chat shape write any text. Text that is no JSON
 * object travels under this one key and comes back as the same text, so that a bad call stays visible as it was.
 */
export const RAW_ARGUMENTS_KEY = '__raw_arguments'

/**
 * Arguments text as an input object; empty is `{}`. Whole numbers beyond 2^53 lose their last digits, as JSON's do.
 */
export function inputFromArguments(text: string): JsonObject {
  if (text.trim() === '') return {}
  try {
    const value: unknown = JSON.parse(text)
    if (isObject(value)) return value
  } catch {
    return { [RAW_ARGUMENTS_KEY]: text }
  }
  return { [RAW_ARGUMENTS_KEY]: text }
}

/** An input as arguments text; missing is `{}`. */
export function argumentsFromInput(input: unknown): string {
  if (input === undefined || input === null) return '{}'
  const raw = isObject(input) && Object.keys(input).length === 1 ? input[RAW_ARGUMENTS_KEY] : undefined
  return typeof raw === 'string' ? raw : argumentsText(input)
}

/**
 * An id that Anthropic accepts (letters, digits, `_` and `-`): other characters become `_` and their code, the same
 * for a call and its result. An empty id gets the fallback.
 */
export function toolUseId(id: string, fallback: string): string {
  if (id === '') return fallback
  return id.replaceAll(/[^a-zA-Z0-9_-]/gu, (character) => `_${character.codePointAt(0)?.toString(16)}`)
}

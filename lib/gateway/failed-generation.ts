import { isObject, textOf } from '../platform/json-value'
import { parseJson } from '../platform/parse-json'

/**
 * What a provider refused of its own model's making, and reported as if the client had asked badly: a tool call or JSON
 * output that it could not take. `text` is what the model wrote, null where the provider does not show it.
 */
export type FailedGeneration = { of: 'tool_call' | 'output'; text: string | null }

const BY_CODE: ReadonlyMap<string, FailedGeneration['of']> = new Map([
  ['tool_use_failed', 'tool_call'],
  ['json_validate_failed', 'output'],
])
/** For those that hand the words on and lose the code. */
const BY_WORDS: readonly [RegExp, FailedGeneration['of']][] = [
  [/failed to call a function\b|tool call validation failed|failed to parse tool call/i, 'tool_call'],
  [/failed to (generate|validate) json\b/i, 'output'],
]
/** Errors within errors, and JSON within texts, as gateways wrap them. */
const MAX_DEPTH = 6

/** The kind of generation that failed, by the provider's code, else its words; null = none did. Source: Groq's errors. */
export function failedGenerationKind(
  code: string | null | undefined,
  message: string | null,
): FailedGeneration['of'] | null {
  const byCode = BY_CODE.get(code ?? '')
  if (byCode !== undefined) return byCode
  return BY_WORDS.find(([words]) => words.test(message ?? ''))?.[1] ?? null
}

/** What the model wrote by an error body, whatever wraps it: `failed_generation`; null when it does not say. */
export function failedGenerationText(body: string): string | null {
  return textIn(parseJson(body), 0)
}

function textIn(value: unknown, depth: number): string | null {
  if (depth > MAX_DEPTH) return null
  if (typeof value === 'string') {
    const start = value.search(/[{[]/)
    return start < 0 || !value.includes('failed_generation')
      ? null
      : textIn(parseJson(value.slice(start)), depth + 1)
  }
  const inner = Array.isArray(value) ? value.slice(0, 1) : isObject(value) ? Object.values(value) : []
  const own = isObject(value) ? textOf(value.failed_generation) : null
  if (own !== null) return own
  for (const one of inner) {
    const found = textIn(one, depth + 1)
    if (found !== null) return found
  }
  return null
}

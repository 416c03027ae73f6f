import { isObject, type JsonObject, textOf } from '../platform/json-value'
import { parseJson } from '../platform/parse-json'

/** What a provider said of a refusal: its own words, and its own code where it has one. */
export type ProviderWords = { message: string | null; code: string | null }

const MAX_MESSAGE_LENGTH = 500
/** Lists of mistakes are told up to this one. */
const MAX_LISTED = 5
/** Errors within errors, and JSON within texts. */
const MAX_DEPTH = 6

/** Where words stand, nearest first; each may hold a text, a list or another object. */
const WORD_FIELDS = [
  'error',
  'errors',
  'message',
  'msg',
  'Message',
  'detail',
  'details',
  'error_message',
  'errorMessage',
  'error_description',
  'description',
  'title',
  'reason',
  'fault',
  'faultstring',
] as const

/** Words that say that the prompt does not fit, of providers that have no code for it; agents compact by this code. */
const TOO_LONG =
  /context[_ ]length|maximum context|context window|prompt is too long|too many (input )?tokens|input is too long|exceeds? the (maximum|max|model'?s)[^.]{0,40} (tokens|context)|input token count/i

/**
 * The provider's words in an error body of any form: OpenAI's and Anthropic's `error.message`, Gemini's `[{error}]`,
 * FastAPI's `{detail: [{loc, msg}]}`, Cloudflare's `{errors: []}`, Mistral's `{message: {detail}}`, `{code, msg}`, JSON
 * within a message, OpenRouter's `metadata.raw`, plain text. Cut to 500 characters; null when there are none, as on a
 * web page. Sources: the API references of these, and reference answers in their issue trackers.
 */
export function providerWords(text: string): ProviderWords {
  const body = parseJson(text)
  if (body === undefined) {
    const plain = text.trim()
    return { message: plain === '' || plain.startsWith('<') ? null : shortened(plain), code: null }
  }
  const said = wordsIn(body, 0)
  const message = said === null ? null : shortened(said)
  return { message, code: codeIn(body, 0) ?? codeOfWords(said) }
}

/** The code that agents know for what these words say; null when they say nothing of the kind. */
export function codeOfWords(words: string | null): string | null {
  return words !== null && TOO_LONG.test(words) ? 'context_length_exceeded' : null
}

function wordsIn(value: unknown, depth: number): string | null {
  if (depth > MAX_DEPTH) return null
  if (typeof value === 'string') return wordsInText(value, depth)
  if (Array.isArray(value)) {
    const all = value.slice(0, MAX_LISTED).flatMap((item) => wordsIn(item, depth + 1) ?? [])
    return all.length === 0 ? null : [...new Set(all)].join('; ')
  }
  if (!isObject(value)) return null
  const raw = isObject(value.metadata) ? wordsIn(value.metadata.raw, depth + 1) : null
  if (raw !== null) return raw
  for (const field of WORD_FIELDS) {
    const words = wordsIn(value[field], depth + 1)
    if (words !== null) return withPlace(value, words)
  }
  return null
}

/** Some gateways put another one's whole error body into their message. */
function wordsInText(text: string, depth: number): string | null {
  const trimmed = text.trim()
  if (trimmed === '') return null
  const start = trimmed.search(/[{[]/)
  if (start >= 0 && /[}\]]$/.test(trimmed)) {
    const inner = parseJson(trimmed.slice(start))
    const words = inner === undefined ? null : wordsIn(inner, depth + 1)
    if (words !== null) return start === 0 ? words : `${trimmed.slice(0, start).trim()} ${words}`
  }
  return trimmed
}

/** FastAPI says apart where the mistake is. */
function withPlace({ loc }: JsonObject, words: string): string {
  if (!Array.isArray(loc) || loc.length === 0) return words
  return `${loc.join('.')}: ${words}`
}

function codeIn(value: unknown, depth: number): string | null {
  if (depth > MAX_DEPTH) return null
  if (Array.isArray(value)) return value.length === 0 ? null : codeIn(value[0], depth + 1)
  if (!isObject(value)) return null
  const code = textOf(value.code)
  if (code !== null && code !== '' && !/^\d+$/.test(code)) return code
  return codeIn(value.error, depth + 1) ?? codeIn(value.errors, depth + 1)
}

function shortened(text: string): string {
  return text.length > MAX_MESSAGE_LENGTH ? `${text.slice(0, MAX_MESSAGE_LENGTH)}…` : text
}

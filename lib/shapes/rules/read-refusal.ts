import { isObject, type JsonObject, numberOf, textOf } from '../../platform/json-value'
import { parseJson } from '../../platform/parse-json'
import { type Objection, REFUSAL_PATTERNS } from './refusal-patterns'

/** One thing that a provider has against a request. */
export type Refusal = {
  objection: Objection
  /** The parameter in the provider's words, often a place; empty where the objection names none. */
  name: string
  limit: number | null
  /** What to send instead. */
  use: string | null
  /** What it may not stand beside. */
  other: string | null
  /** Values that it takes; empty = not said. */
  supported: string[]
  /** The sentence, cut. */
  said: string
}

/** Longer sentences are cut: a provider's words, not its web page. */
const MAX_SENTENCE = 2000
const MAX_SAID = 200
const MAX_SENTENCES = 20
const MAX_DEPTH = 8

/**
 * What a provider's answer says against parameters of a request, from the body of a 400 or 422: OpenAI's `param` and
 * `code`, FastAPI's `detail` with its places, and sentences in any body form (refusal-patterns.ts). Empty when it is
 * about something else. Never throws.
 */
export function readRefusals(text: string): Refusal[] {
  const parsed = parseJson(text)
  const objects: JsonObject[] = []
  const sentences: string[] = []
  collect(parsed === undefined ? text : parsed, { objects, sentences }, 0)
  const placed = objects.flatMap(readPlaced)
  if (placed.length > 0) return unique(placed)
  const param = objects.map((object) => textOf(object.param) ?? '').find((name) => name !== '') ?? ''
  const spoken = sentences.slice(0, MAX_SENTENCES).flatMap((sentence) => readSentence(sentence, param))
  return unique(spoken.length > 0 ? spoken : objects.flatMap(readCoded))
}

/** Every object and every text of an answer, also of JSON inside texts, which gateways like to nest. */
function collect(value: unknown, into: { objects: JsonObject[]; sentences: string[] }, depth: number): void {
  if (depth > MAX_DEPTH || into.sentences.length > MAX_SENTENCES) return
  if (typeof value === 'string') {
    const inner = /^\s*[[{]/.test(value) ? parseJson(value) : undefined
    if (inner === undefined) into.sentences.push(value.slice(0, MAX_SENTENCE))
    else collect(inner, into, depth + 1)
  } else if (Array.isArray(value)) {
    for (const item of value) collect(item, into, depth + 1)
  } else if (isObject(value)) {
    into.objects.push(value)
    for (const [name, field] of Object.entries(value)) {
      // FastAPI repeats there what was sent.
      if (name !== 'input') collect(field, into, depth + 1)
    }
  }
}

const OBJECTION_OF_TYPE: Readonly<Record<string, Objection>> = {
  extra_forbidden: 'unknown',
  'value_error.extra': 'unknown',
  string_too_long: 'too_long',
  string_pattern_mismatch: 'format',
  less_than_equal: 'too_large',
}

/** FastAPI's: `{type, loc, msg, input, ctx}`. */
function readPlaced({ type, loc, msg, input, ctx }: JsonObject): Refusal[] {
  if (!Array.isArray(loc)) return []
  const limits = isObject(ctx) ? ctx : {}
  const isRole = loc.at(-1) === 'role' && input === 'developer'
  const objection = isRole ? 'role' : (OBJECTION_OF_TYPE[textOf(type) ?? ''] ?? null)
  if (objection === null) return []
  const limit = numberOf(limits.max_length) ?? numberOf(limits.le)
  return [refusal({ objection, name: loc.join('.'), limit, said: textOf(msg) ?? '' })]
}

const OBJECTION_OF_CODE: Readonly<Record<string, Objection>> = {
  unsupported_parameter: 'unsupported',
  unknown_parameter: 'unknown',
  unsupported_value: 'value',
}

/** OpenAI's: `{message, param, code}`, whatever the sentence is. */
function readCoded({ message, param, code }: JsonObject): Refusal[] {
  const objection = OBJECTION_OF_CODE[textOf(code) ?? '']
  const name = textOf(param) ?? ''
  return objection === undefined || name === ''
    ? []
    : [refusal({ objection, name, said: textOf(message) ?? '' })]
}

/** `param` = the parameter where the sentence names none. */
function readSentence(sentence: string, param: string): Refusal[] {
  for (const { objection, patterns } of REFUSAL_PATTERNS) {
    for (const pattern of patterns) {
      const matches = [...sentence.matchAll(pattern)]
      if (matches.length === 0) continue
      return matches.flatMap(({ groups = {} }) => {
        const { name, names, at, use, other, limit, supported } = groups
        const all = names === undefined ? [name ?? param] : names.split(/, ?/)
        return all.map((one) =>
          refusal({
            objection,
            name: withoutFullStop(at === undefined ? one : `${at}.${one}`),
            limit: limit === undefined ? null : Number(limit),
            use: use ?? null,
            other: other ?? null,
            supported: [...(supported ?? '').matchAll(/\w+/g)].map(([word]) => word),
            said: sentence,
          }),
        )
      })
    }
  }
  return []
}

function refusal(said: Pick<Refusal, 'objection' | 'name' | 'said'> & Partial<Refusal>): Refusal {
  return { limit: null, use: null, other: null, supported: [], ...said, said: said.said.slice(0, MAX_SAID) }
}

function withoutFullStop(name: string): string {
  return name.replace(/[.,:]+$/, '')
}

function unique(refusals: readonly Refusal[]): Refusal[] {
  return [...new Map(refusals.map((one) => [`${one.objection} ${one.name}`, one])).values()]
}

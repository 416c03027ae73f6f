import { isObject } from '../platform/json-value'
import { parseJson } from '../platform/parse-json'
import { type CheckBudget, createCheckBudget } from './check-budget'
import { checkAgainstSchema } from './json-schema/check-against-schema'
import { storableText } from './storable-text'
import type { OutputVerdict } from './vocabulary'

/** What a request asks the text of its answer to be: any text, any JSON object, or JSON that keeps a schema. */
export type OutputFormat =
  | { type: 'text' }
  | { type: 'json_object' }
  | { type: 'json_schema'; schema: unknown }

/** `detail` says in a sentence what is wrong, or why it cannot be said; null when valid. */
export type OutputCheck = { verdict: OutputVerdict; detail: string | null }

const VALID: OutputCheck = { verdict: 'valid', detail: null }
const NO_OBJECT: OutputCheck = {
  verdict: 'schema_mismatch',
  detail: 'The answer is JSON, but no JSON object.',
}
const MAX_TEXT_LENGTH = 1_048_576
const MAX_DETAIL_LENGTH = 300

/** Answers that ended so were never meant to be whole. */
const UNJUDGED: Readonly<Record<string, string>> = {
  length: 'The answer was cut off at its limit of tokens.',
  content_filter: 'The answer was refused or filtered.',
  tool_calls: 'The answer calls tools, and its text need not be JSON.',
  error: 'The answer ended in an error.',
}

/**
 * Holds the text of an answer against the format that was asked for. Null when any text would do. `finishReason` is in
 * our words (lib/records/finish-reason.ts): one that says that the answer is not whole gives `unknown`, as does a text
 * that is not known (null) or longer than a million characters, and a schema that `budget` does not suffice for. JSON
 * in a Markdown fence is not JSON. A schema that is missing or cannot be compiled finds nothing wrong. Never throws,
 * and repeats no text of the answer. Sources: structured outputs and JSON mode of OpenAI's API reference; design.md §5.
 */
export function checkStructuredOutput({
  text,
  format,
  finishReason,
  budget = createCheckBudget(),
}: {
  text: string | null
  format: OutputFormat
  finishReason: string | null
  budget?: CheckBudget
}): OutputCheck | null {
  if (format.type === 'text') return null
  const unjudged =
    finishReason !== null && Object.hasOwn(UNJUDGED, finishReason) ? UNJUDGED[finishReason] : null
  if (unjudged) return { verdict: 'unknown', detail: unjudged }
  if (text === null) return { verdict: 'unknown', detail: 'The text of the answer is not known.' }
  if (text.length > MAX_TEXT_LENGTH) {
    return { verdict: 'unknown', detail: 'The answer is too long to be checked.' }
  }
  const value = parseJson(text)
  if (value === undefined) return { verdict: 'invalid_json', detail: whyNoJson(text) }
  if (format.type === 'json_object') return isObject(value) ? VALID : NO_OBJECT
  const { result, detail } = checkAgainstSchema({ schema: format.schema, value, budget })
  if (result === 'valid') return VALID
  return {
    verdict: result === 'invalid' ? 'schema_mismatch' : 'unknown',
    detail: detail === null ? null : storableText(detail, MAX_DETAIL_LENGTH),
  }
}

/** A Markdown code fence: its first line may name a language, its last one may be missing. */
const FENCE = /^(?:```|~~~)[^\n]*\n?|(?:```|~~~)$/g

function whyNoJson(text: string): string {
  const trimmed = text.trim()
  if (trimmed === '') return 'The answer is empty.'
  if (/^(?:```|~~~)/.test(trimmed)) {
    return parseJson(trimmed.replaceAll(FENCE, '')) === undefined
      ? 'The answer is a Markdown code fence, not JSON.'
      : 'The answer is JSON inside a Markdown code fence, not JSON alone.'
  }
  if (!/^[{[]/.test(trimmed)) return 'The answer is text, not JSON.'
  return /[}\]]$/.test(trimmed)
    ? 'The answer is not valid JSON.'
    : 'The answer begins as JSON and does not end as JSON.'
}

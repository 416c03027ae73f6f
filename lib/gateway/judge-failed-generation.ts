import { isObject, type JsonObject, textOf } from '../platform/json-value'
import { parseJson } from '../platform/parse-json'
import {
  checkStructuredOutput,
  type OutputCheck,
  type OutputFormat,
} from '../records/check-structured-output'
import { checkToolCalls, type OfferedTool, type RawToolCall } from '../records/check-tool-calls'
import type { ToolCall } from '../records/request-record'
import { storableText } from '../records/storable-text'
import type { AttemptFailure } from './exchange'

/** The name of a call whose own name cannot be read. */
const UNREADABLE = '(unreadable)'
const MAX_DETAIL_LENGTH = 300
const MAX_CALLS = 100
const MAX_TEXT_LENGTH = 100_000

/**
 * The tool calls of an attempt that failed by them, each bad: what can be read as a call is held against its schema, and
 * where that finds nothing wrong, or nothing can be read, the call is `invalid_json` in the provider's words. Null when
 * no call made it fail. Never throws. Source of the forms: Groq's `failed_generation`, as its users report it.
 */
export function callsOfFailure(
  failure: AttemptFailure | null,
  tools: readonly OfferedTool[],
): ToolCall[] | null {
  if (failure?.failedGeneration?.of !== 'tool_call') return null
  const refused = {
    verdict: 'invalid_json' as const,
    detail: storableText(`The provider could not take the call: ${failure.message}`, MAX_DETAIL_LENGTH),
  }
  const calls = checkToolCalls(callsIn(failure.failedGeneration.text ?? ''), tools)
  if (calls.length > 0) {
    const isToldBad = calls.some(({ verdict }) => verdict !== 'valid' && verdict !== 'unknown')
    return isToldBad ? calls : calls.map(({ name }) => ({ name, ...refused }))
  }
  const [only, ...others] = tools
  const named = nameIn(failure.message)
  const name = named ?? (only && others.length === 0 ? only.name : UNREADABLE)
  return [{ name: storableText(name, MAX_DETAIL_LENGTH), ...refused }]
}

/** The same for JSON that was asked for; null when it was not this that failed. */
export function outputOfFailure(failure: AttemptFailure | null, format: OutputFormat): OutputCheck | null {
  if (failure?.failedGeneration?.of !== 'output' || format.type === 'text') return null
  const { text } = failure.failedGeneration
  const check = text === null ? null : checkStructuredOutput({ text, format, finishReason: null })
  if (check && (check.verdict === 'invalid_json' || check.verdict === 'schema_mismatch')) return check
  const detail = `The provider could not take the answer: ${failure.message}`
  return { verdict: 'invalid_json', detail: storableText(detail, MAX_DETAIL_LENGTH) }
}

const FENCE = /^(?:```|~~~)[^\n]*\n?|(?:```|~~~)$/g
/** Anchored, so that no text makes it slow. */
const TAGGED = /^(?:<function[=(/\s]\s*)?([\w.:-]{1,200})["')>=\s]*([\s\S]*)$/

function callsIn(text: string): RawToolCall[] {
  const bare = text.slice(0, MAX_TEXT_LENGTH).trim().replaceAll(FENCE, '').trim()
  const [, ...wrapped] = bare.split('<tool_call>')
  const inWraps = wrapped.flatMap((one) => callsInJson(parseJson(one.split('</tool_call>', 1)[0] ?? '')))
  const calls = inWraps.length > 0 ? inWraps : callsInJson(parseJson(bare))
  return (calls.length > 0 ? calls : taggedCalls(bare)).slice(0, MAX_CALLS)
}

/** `<function=name{…}</function>` with what models make of it, and the bare `name{…}</function>`. */
function taggedCalls(text: string): RawToolCall[] {
  const segments = text.split(/<\/?function>/)
  return segments.flatMap((segment, index) => {
    const start = segment.lastIndexOf('<function')
    const isClosed = index < segments.length - 1
    if (start < 0 && !isClosed) return []
    const [, name = '', args = ''] = TAGGED.exec(segment.slice(Math.max(0, start)).trim()) ?? []
    return name === '' ? [] : [{ name, arguments: args.trim().replace(/;$/, '') }]
  })
}

/** `{name, arguments}`, `{name, parameters}`, `{function: …}`, `{tool_calls: […]}` and lists of these. */
function callsInJson(value: unknown): RawToolCall[] {
  if (Array.isArray(value)) return value.slice(0, MAX_CALLS).flatMap((one) => callInJson(one) ?? [])
  if (!isObject(value)) return []
  if (Array.isArray(value.tool_calls)) return callsInJson(value.tool_calls)
  const call = callInJson(value)
  return call ? [call] : []
}

function callInJson(value: unknown): RawToolCall | null {
  if (!isObject(value)) return null
  const call: JsonObject = isObject(value.function) ? value.function : value
  const name = textOf(call.name) ?? textOf(value.function) ?? textOf(value.tool_name)
  const args = call.arguments ?? call.parameters ?? call.input
  if (name === null || name === '') return null
  return typeof args === 'string'
    ? { name, arguments: args }
    : { name, arguments: null, argumentsValue: args ?? {} }
}

/** `parameters for tool NAME did not match schema`, `attempted to call tool 'NAME' which was not in request.tools`. */
function nameIn(message: string): string | null {
  return /\btool ['"`]?([\w.:-]{1,200}?)['"`]? (?:did not|which was not)/.exec(message)?.[1] ?? null
}

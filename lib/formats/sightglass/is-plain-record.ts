import { isObject } from '../../platform/json-value'
import { RECORD_LIMITS } from '../../records/record-limits'
import { CALLER_KINDS, ERROR_CLASSES, OPERATIONS, TOOL_VERDICTS } from '../../records/vocabulary'
import { WIRE_FIELDS, type WireRecord } from './schema'

type Check = (value: unknown) => boolean

const NUL = '\u0000'
/** Days after the 28th exist in some months only; the schema decides about those. */
const SURELY_AN_INSTANT =
  /^20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?Z$/

const VERDICTS: ReadonlySet<unknown> = new Set(TOOL_VERDICTS)

const CHECKS: ReadonlyMap<string, Check> = new Map([
  ['id', text(256)],
  ['source', text(100)],
  ['startedAt', (value) => typeof value === 'string' && SURELY_AN_INSTANT.test(value)],
  ['operation', oneOf(OPERATIONS)],
  ['model', text(200)],
  ['requestedModel', text(300)],
  ['provider', text(100)],
  ['app', text(200)],
  ['endUser', text(256)],
  ['sessionId', text(256)],
  ['preset', text(200)],
  ['useCase', text(100)],
  ['callerKind', oneOf(CALLER_KINDS)],
  ['stream', (value) => typeof value === 'boolean'],
  ['promptTokens', wholeNumber(RECORD_LIMITS.maxTokens)],
  ['cachedTokens', wholeNumber(RECORD_LIMITS.maxTokens)],
  ['cacheWriteTokens', wholeNumber(RECORD_LIMITS.maxTokens)],
  ['completionTokens', wholeNumber(RECORD_LIMITS.maxTokens)],
  ['reasoningTokens', wholeNumber(RECORD_LIMITS.maxTokens)],
  ['costUsd', amount(RECORD_LIMITS.maxCostUsd)],
  ['finishReason', text(100)],
  ['toolsOffered', wholeNumber(1_000_000)],
  ['tools', (value) => Array.isArray(value) && value.length <= 2000],
  ['toolCalls', (value) => Array.isArray(value) && value.length <= 100 && value.every(isPlainToolCall)],
  ['httpStatus', (value) => Number.isInteger(value) && Number(value) >= 100 && Number(value) <= 599],
  ['errorClass', oneOf(ERROR_CLASSES)],
  ['durationMs', amount(RECORD_LIMITS.maxDurationMs)],
  ['timeToFirstTokenMs', amount(RECORD_LIMITS.maxDurationMs)],
])

/**
 * Whether a value surely is a record by the schema, told at a fifth of its cost: on the hot path nearly all records
 * are plain and right. False says nothing: the schema then decides, and names what is wrong. A test holds that what is
 * plain here is valid there, with the same values.
 */
export function isPlainRecord(value: unknown): value is WireRecord {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  let required = 0
  for (const [field, content] of Object.entries(value)) {
    const check = CHECKS.get(field)
    if (check === undefined) {
      if (WIRE_FIELDS.has(field)) return false
      continue
    }
    if (!check(content)) return false
    if (field === 'id' || field === 'startedAt' || field === 'model') required += 1
  }
  return required === 3
}

function text(maxLength: number): Check {
  return (value) =>
    typeof value === 'string' &&
    value.length > 0 &&
    value.length <= maxLength &&
    !value.includes(NUL) &&
    value.isWellFormed()
}

function wholeNumber(max: number): Check {
  return (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= max
}

function amount(max: number): Check {
  return (value) => typeof value === 'number' && value >= 0 && value <= max
}

function oneOf(values: readonly string[]): Check {
  const known: ReadonlySet<unknown> = new Set(values)
  return (value) => known.has(value)
}

const isToolName = text(300)

function isPlainToolCall(call: unknown): boolean {
  if (!isObject(call) || !isToolName(call.name)) return false
  const { verdict, arguments: given } = call
  const isJudged = verdict !== undefined
  if (isJudged && !VERDICTS.has(verdict)) return false
  const isGiven = given !== undefined
  if (isGiven && typeof given !== 'string' && !isPlainObject(given)) return false
  return Object.keys(call).length === 1 + Number(isJudged) + Number(isGiven)
}

/** JSON's own objects alone; `__proto__` as a key is one that the schema drops. */
function isPlainObject(value: unknown): boolean {
  return isObject(value) && !Object.hasOwn(value, '__proto__')
}

import { AppError } from '../../platform/errors'
import { repairUtf8 } from '../../platform/repair-utf8'
import {
  type Attributes,
  type AttributeValue,
  createElementBudget,
  ELEMENTS_PER_CONTAINER,
  type ElementBudget,
  MAX_VALUE_DEPTH,
  type OtlpEvent,
  type OtlpSpan,
  type ResourceSpans,
  spendElements,
} from './schema'

/** An object of a body in JSON. */
export type Json = Record<string, unknown>

/** Bodies below this cannot hold enough elements to matter. */
const COUNTED_FROM_BYTES = 4_194_304
const OPEN_BRACE = 0x7b
const OPEN_BRACKET = 0x5b
const MAX_UINT64 = 2n ** 64n

const STATUS_CODES: ReadonlyMap<string, number> = new Map([
  ['ok', 1],
  ['error', 2],
])

/**
 * The spans of an `ExportTraceServiceRequest` in JSON, read leniently: integers and enums as numbers or strings, keys
 * in lowerCamelCase or as in the .proto, hex ids in either case, unknown fields ignored, missing or misshapen ones
 * as if missing. Bytes that are no UTF-8 are repaired. Throws `bad_request` when the body is no JSON or has no list of `resourceSpans` where it
 * has that key, and `payload_too_large` when it holds too many elements. Source: OTLP
 * specification, JSON Protobuf encoding; the leniency is for emitters that deviate from it.
 */
export function decodeOtlpJson(body: Uint8Array): ResourceSpans[] {
  const budget = createElementBudget()
  return readExport(body, 'resourceSpans', 'resource_spans').map((item) => readResourceSpans(item, budget))
}

/** The list under a key of an export in JSON; throws as `decodeOtlpJson` does. */
export function readExport(body: Uint8Array, camelCase: string, snakeCase: string): Json[] {
  // Parsing alone would make an object of each, so they are counted before.
  if (body.length > COUNTED_FROM_BYTES) spendElements(createElementBudget(), countOpenings(body) / 2)
  const request = parse(body)
  if (!isObject(request)) throw new AppError('bad_request', 'The body is not an OTLP export: no object.')
  const list = pick(request, camelCase, snakeCase) ?? []
  if (!Array.isArray(list)) {
    throw new AppError('bad_request', `The body is not an OTLP export: ${camelCase} is not a list.`)
  }
  return list.filter(isObject)
}

function countOpenings(body: Uint8Array): number {
  let count = 0
  for (const byte of body) if (byte === OPEN_BRACE || byte === OPEN_BRACKET) count++
  return count
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(repairUtf8(body))
  } catch (cause) {
    throw new AppError('bad_request', 'The body is not JSON.', { cause })
  }
}

function readResourceSpans(resourceSpans: Json, budget: ElementBudget): ResourceSpans {
  spendElements(budget, ELEMENTS_PER_CONTAINER)
  const resource = resourceSpans.resource
  const spans = listOf(resourceSpans, 'scopeSpans', 'scope_spans').flatMap((scope) =>
    listOf(scope, 'spans', 'spans').map((span) => ({
      ...readSpan(span, budget),
      scopeName: stringOf(isObject(scope.scope) ? scope.scope.name : null),
    })),
  )
  return { resource: isObject(resource) ? readAttributes(resource) : new Map(), spans }
}

function readSpan(span: Json, budget: ElementBudget): Omit<OtlpSpan, 'scopeName'> {
  spendElements(budget, ELEMENTS_PER_CONTAINER)
  const status = isObject(span.status) ? span.status : {}
  return {
    traceId: readId(pick(span, 'traceId', 'trace_id')),
    spanId: readId(pick(span, 'spanId', 'span_id')),
    parentSpanId: readId(pick(span, 'parentSpanId', 'parent_span_id')),
    name: stringOf(span.name),
    startTimeUnixNano: readNano(pick(span, 'startTimeUnixNano', 'start_time_unix_nano')),
    endTimeUnixNano: readNano(pick(span, 'endTimeUnixNano', 'end_time_unix_nano')),
    attributes: readAttributes(span),
    events: listOf(span, 'events', 'events').map((event) => readEvent(event, budget)),
    statusCode: readStatusCode(status.code),
    statusMessage: stringOf(status.message),
  }
}

function readEvent(event: Json, budget: ElementBudget): OtlpEvent {
  spendElements(budget, ELEMENTS_PER_CONTAINER)
  return { name: stringOf(event.name), attributes: readAttributes(event) }
}

/** The attributes of a resource, span, event or log record. */
export function readAttributes(owner: Json): Attributes {
  const attributes = new Map<string, AttributeValue>()
  for (const { key, value } of listOf(owner, 'attributes', 'attributes')) {
    attributes.set(stringOf(key), readAnyValue(value, 0))
  }
  return attributes
}

/** An `AnyValue`; null when it has no value or lies too deep. */
export function readAnyValue(value: unknown, depth: number): AttributeValue {
  if (!isObject(value) || depth > MAX_VALUE_DEPTH) return null
  const text = pick(value, 'stringValue', 'string_value') ?? pick(value, 'bytesValue', 'bytes_value')
  if (typeof text === 'string') return text
  const flag = pick(value, 'boolValue', 'bool_value')
  if (flag !== undefined) return readBoolean(flag)
  const number = pick(value, 'intValue', 'int_value') ?? pick(value, 'doubleValue', 'double_value')
  if (number !== undefined) return readNumber(number)
  const array = pick(value, 'arrayValue', 'array_value')
  if (isObject(array)) {
    const values = Array.isArray(array.values) ? array.values : []
    return values.map((item: unknown) => readAnyValue(item, depth + 1))
  }
  const list = pick(value, 'kvlistValue', 'kvlist_value')
  return isObject(list) ? readKeyValueList(list, depth) : null
}

function readKeyValueList(list: Json, depth: number): AttributeValue {
  const entries: { [key: string]: AttributeValue } = Object.create(null)
  for (const { key, value } of listOf(list, 'values', 'values')) {
    entries[stringOf(key)] = readAnyValue(value, depth + 1)
  }
  return entries
}

/** Proto3 JSON also writes `"NaN"` and `"Infinity"`; text that is no number becomes NaN and is judged by its reader. */
function readNumber(value: unknown): AttributeValue {
  if (typeof value === 'number') return value
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : null
}

function readBoolean(value: unknown): AttributeValue {
  if (typeof value === 'boolean') return value
  if (value === 'true') return true
  return value === 'false' ? false : null
}

/** Nanoseconds as decimal text or, imprecisely, as a number; 0 (missing) for anything else. */
function readNano(value: unknown): bigint {
  if (typeof value === 'number' && Number.isFinite(value) && value > 0)
    return inUint64(BigInt(Math.trunc(value)))
  return typeof value === 'string' && /^\d{1,20}$/.test(value) ? inUint64(BigInt(value)) : 0n
}

function inUint64(value: bigint): bigint {
  return value < MAX_UINT64 ? value : 0n
}

function readStatusCode(code: unknown): number {
  if (typeof code === 'number') return code
  if (typeof code !== 'string') return 0
  const name = code.toLowerCase().replace(/^status_code_/, '')
  return STATUS_CODES.get(name) ?? (Number(name) || 0)
}

/** A trace or span id, hex in lower case; empty when missing. */
export function readId(id: unknown): string {
  if (typeof id !== 'string') return ''
  return /^[0-9a-f]*$/i.test(id) ? id.toLowerCase() : id
}

/** The value when it is text, else empty. */
export function stringOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** A field in either spelling. */
export function pick(owner: Json, camelCase: string, snakeCase: string): unknown {
  return owner[camelCase] ?? owner[snakeCase] ?? undefined
}

/** The objects of a list in either spelling; empty without one. */
export function listOf(owner: Json, camelCase: string, snakeCase: string): Json[] {
  const list = pick(owner, camelCase, snakeCase)
  return Array.isArray(list) ? list.filter(isObject) : []
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

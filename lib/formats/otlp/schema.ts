import { AppError } from '../../platform/errors'

/** A decoded attribute value. Integers beyond 2^53 lose precision; bytes are base64 text, as in OTLP/JSON. */
export type AttributeValue =
  | null
  | string
  | number
  | boolean
  | AttributeValue[]
  | { [key: string]: AttributeValue }

export type Attributes = ReadonlyMap<string, AttributeValue>

export type OtlpEvent = { name: string; attributes: Attributes }

/** What we read of a span, the same from both encodings. Times are Unix nanoseconds, 0 when missing. */
export type OtlpSpan = {
  /** Lower-case hex; another text when a JSON sender does not use hex; empty when missing. */
  traceId: string
  spanId: string
  parentSpanId: string
  name: string
  startTimeUnixNano: bigint
  endTimeUnixNano: bigint
  attributes: Attributes
  events: OtlpEvent[]
  /** 0 unset, 1 ok, 2 error. */
  statusCode: number
  statusMessage: string
  /** Name of the instrumentation that made it; empty when it does not say. */
  scopeName: string
}

/** The spans of one resource, of all its scopes, in the order sent. */
export type ResourceSpans = { resource: Attributes; spans: OtlpSpan[] }

/** What we read of a log record; `name` is empty where it is no event. */
export type OtlpLogRecord = {
  traceId: string
  spanId: string
  name: string
  attributes: Attributes
  body: AttributeValue
}

/** Encodings of OTLP/HTTP; an answer uses its request's. */
export type OtlpEncoding = 'json' | 'protobuf'

/** Values nested deeper than this are read as null, in both encodings. */
export const MAX_VALUE_DEPTH = 32

/** What decoding may still allocate, in elements of about a hundred bytes. */
export type ElementBudget = { left: number }

/** More than a real batch of 64 MiB holds; a body of nothing but empty messages would fill the memory. */
const MAX_ELEMENTS = 3_000_000

/** A fresh budget for one body. */
export function createElementBudget(): ElementBudget {
  return { left: MAX_ELEMENTS }
}

/** Takes elements from the budget; throws `payload_too_large` when it is used up. */
export function spendElements(budget: ElementBudget, elements: number): void {
  budget.left -= elements
  if (budget.left >= 0) return
  throw new AppError('payload_too_large', 'The body holds too many elements; send smaller batches.')
}

/** Messages that hold lists and maps cost as much as this many values. */
export const ELEMENTS_PER_CONTAINER = 5

import { Buffer } from 'node:buffer'
import protobuf, { type Reader } from 'protobufjs/minimal.js'
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

const VARINT = 0
const FIXED64 = 1
const BYTES = 2

/** Where a body is read, and how much of it may still be. */
export type Source = { reader: Reader; budget: ElementBudget }

/** Reads a field it knows and says so; a field it leaves is skipped. */
type ReadField = (field: number, wireType: number) => boolean

/**
 * The spans of an `ExportTraceServiceRequest` in protobuf. Unknown fields are skipped. Written by hand over
 * protobufjs' reader, because a generated decoder makes objects of all it meets before anybody can count them.
 * Throws `bad_request` when the bytes are not that message and `payload_too_large` when it holds too many elements.
 * Source of the field numbers: the .proto files of open-telemetry/opentelemetry-proto, release 1.11.
 */
export function decodeOtlpProtobuf(body: Uint8Array): ResourceSpans[] {
  const resourceSpans: ResourceSpans[] = []
  readExport(body, (source) => resourceSpans.push(readResourceSpans(source)))
  return resourceSpans
}

/** Reads each entry of field 1, which every export is a list of; throws as `decodeOtlpProtobuf` does. */
export function readExport(body: Uint8Array, readEntry: (source: Source) => void): void {
  const source: Source = { reader: protobuf.Reader.create(body), budget: createElementBudget() }
  try {
    readFields(source, body.length, (field, wireType) => {
      if (field !== 1 || wireType !== BYTES) return false
      readEntry(source)
      return true
    })
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw new AppError('bad_request', 'The body is not an OTLP export in protobuf.', { cause })
  }
}

function readFields({ reader }: Source, end: number, readField: ReadField): void {
  while (reader.pos < end) {
    const tag = reader.uint32()
    const wireType = tag & 7
    if (tag >>> 3 === 0) throw new Error('A field number is zero.')
    if (!readField(tag >>> 3, wireType)) reader.skipType(wireType)
  }
  if (reader.pos > end) throw new Error('A field reaches beyond its message.')
}

/** Reads the fields of a message within its message. */
export function readMessage(source: Source, readField: ReadField): void {
  spendElements(source.budget, 1)
  const length = source.reader.uint32()
  readFields(source, source.reader.pos + length, readField)
}

function readResourceSpans(source: Source): ResourceSpans {
  spendElements(source.budget, ELEMENTS_PER_CONTAINER)
  const attributes = new Map<string, AttributeValue>()
  const spans: OtlpSpan[] = []
  readMessage(source, (field, wireType) => {
    if (wireType !== BYTES) return false
    if (field === 1) readMessage(source, attributesAt(source, 1, attributes))
    else if (field === 2) readScopeSpans(source, spans)
    else return false
    return true
  })
  return { resource: attributes, spans }
}

function readScopeSpans(source: Source, spans: OtlpSpan[]): void {
  const own: OtlpSpan[] = []
  let scopeName = ''
  readMessage(source, (field, wireType) => {
    if (wireType !== BYTES) return false
    if (field === 1) scopeName = readScopeName(source)
    else if (field === 2) own.push(readSpan(source))
    else return false
    return true
  })
  // The scope may come after its spans.
  for (const span of own) spans.push(Object.assign(span, { scopeName }))
}

function readScopeName(source: Source): string {
  let name = ''
  readMessage(source, (field, wireType) => {
    if (field !== 1 || wireType !== BYTES) return false
    name = readString(source.reader)
    return true
  })
  return name
}

/** Reads the repeated KeyValue field `number` into `attributes`; of a key that comes twice the last one stays. */
export function attributesAt(
  source: Source,
  number: number,
  attributes: Map<string, AttributeValue>,
): ReadField {
  return (field, wireType) => {
    if (field !== number || wireType !== BYTES) return false
    const [key, value] = readKeyValue(source, 0)
    attributes.set(key, value)
    return true
  }
}

function readSpan(source: Source): OtlpSpan {
  spendElements(source.budget, ELEMENTS_PER_CONTAINER)
  const { reader } = source
  const attributes = new Map<string, AttributeValue>()
  const readAttribute = attributesAt(source, 9, attributes)
  const span: OtlpSpan = { ...EMPTY_SPAN, attributes, events: [] }
  readMessage(source, (field, wireType) => {
    if (wireType === FIXED64 && field === 7) span.startTimeUnixNano = readFixed64(reader)
    else if (wireType === FIXED64 && field === 8) span.endTimeUnixNano = readFixed64(reader)
    else if (wireType !== BYTES) return false
    else if (field === 1) span.traceId = readHex(reader)
    else if (field === 2) span.spanId = readHex(reader)
    else if (field === 4) span.parentSpanId = readHex(reader)
    else if (field === 5) span.name = readString(reader)
    else if (field === 11) span.events.push(readEvent(source))
    else if (field === 15) readStatus(source, span)
    else return readAttribute(field, wireType)
    return true
  })
  return span
}

const EMPTY_SPAN: Omit<OtlpSpan, 'attributes' | 'events'> = {
  traceId: '',
  spanId: '',
  parentSpanId: '',
  name: '',
  startTimeUnixNano: 0n,
  endTimeUnixNano: 0n,
  statusCode: 0,
  statusMessage: '',
  scopeName: '',
}

function readEvent(source: Source): OtlpEvent {
  spendElements(source.budget, ELEMENTS_PER_CONTAINER)
  const attributes = new Map<string, AttributeValue>()
  const readAttribute = attributesAt(source, 3, attributes)
  let name = ''
  readMessage(source, (field, wireType) => {
    if (field !== 2 || wireType !== BYTES) return readAttribute(field, wireType)
    name = readString(source.reader)
    return true
  })
  return { name, attributes: attributes satisfies Attributes }
}

function readStatus(source: Source, span: OtlpSpan): void {
  readMessage(source, (field, wireType) => {
    if (field === 2 && wireType === BYTES) span.statusMessage = readString(source.reader)
    else if (field === 3 && wireType === VARINT) span.statusCode = source.reader.int32()
    else return false
    return true
  })
}

function readKeyValue(source: Source, depth: number): [string, AttributeValue] {
  let key = ''
  let value: AttributeValue = null
  readMessage(source, (field, wireType) => {
    if (wireType !== BYTES) return false
    if (field === 1) key = readString(source.reader)
    else if (field === 2) value = readAnyValue(source, depth)
    else return false
    return true
  })
  return [key, value]
}

/** The bytes of a value that lies too deep are skipped unread. */
export function readAnyValue(source: Source, depth: number): AttributeValue {
  const { reader } = source
  if (depth > MAX_VALUE_DEPTH) {
    reader.skipType(BYTES)
    return null
  }
  let value: AttributeValue = null
  readMessage(source, (field, wireType) => {
    if (field === 1 && wireType === BYTES) value = readString(reader)
    else if (field === 2 && wireType === VARINT) value = reader.bool()
    else if (field === 3 && wireType === VARINT) value = Number(reader.int64())
    else if (field === 4 && wireType === FIXED64) value = reader.double()
    else if (field === 5 && wireType === BYTES) value = readArray(source, depth)
    else if (field === 6 && wireType === BYTES) value = readKeyValueList(source, depth)
    else if (field === 7 && wireType === BYTES) value = Buffer.from(reader.bytes()).toString('base64')
    else return false
    return true
  })
  return value
}

function readArray(source: Source, depth: number): AttributeValue[] {
  const values: AttributeValue[] = []
  readMessage(source, (field, wireType) => {
    if (field !== 1 || wireType !== BYTES) return false
    values.push(readAnyValue(source, depth + 1))
    return true
  })
  return values
}

function readKeyValueList(source: Source, depth: number): AttributeValue {
  const entries: { [key: string]: AttributeValue } = Object.create(null)
  readMessage(source, (field, wireType) => {
    if (field !== 1 || wireType !== BYTES) return false
    const [key, value] = readKeyValue(source, depth + 1)
    entries[key] = value
    return true
  })
  return entries
}

/** Little-endian, so the low half comes first; a double could not hold nanoseconds. */
function readFixed64(reader: Reader): bigint {
  const low = reader.fixed32()
  return BigInt(reader.fixed32()) * 0x1_0000_0000n + BigInt(low)
}

/** protobufjs would make one mark of every byte that is no UTF-8, and one text of two that differ. */
export function readString(reader: Reader): string {
  return repairUtf8(reader.bytes())
}

/** An id as lower-case hex. */
export function readHex(reader: Reader): string {
  return Buffer.from(reader.bytes()).toString('hex')
}

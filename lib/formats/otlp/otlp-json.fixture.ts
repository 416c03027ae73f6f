import protobuf from 'protobufjs/light.js'

/** Makers of OTLP/JSON for tests, and the same message in protobuf by protobufjs' own reflection. */

export type JsonValue =
  | { stringValue: string }
  | { boolValue: boolean }
  | { intValue: string | number }
  | { doubleValue: number }
  | { arrayValue: { values: JsonValue[] } }
  | { kvlistValue: { values: JsonAttribute[] } }
export type JsonAttribute = { key: string; value: JsonValue }
export type JsonEvent = { name: string; timeUnixNano: string; attributes: JsonAttribute[] }
export type JsonSpan = {
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  kind: number
  startTimeUnixNano: string
  endTimeUnixNano: string
  attributes: JsonAttribute[]
  events?: JsonEvent[]
  status?: { code?: number; message?: string }
}
export type JsonRequest = {
  resourceSpans: { resource: { attributes: JsonAttribute[] }; scopeSpans: { spans: JsonSpan[] }[] }[]
}

/** What a test writes down; `toValue` makes the wire's value of it. */
export type Plain = string | number | boolean | Plain[] | { [key: string]: Plain }

/** 2026-11-22T21:49:37.874Z. */
export const STARTED_AT_MS = 1_795_386_577_874

/** A value as an emitter writes it: whole numbers as ints, objects as key-value lists. */
export function toValue(value: Plain): JsonValue {
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) && !Object.is(value, -0)
      ? { intValue: String(value) }
      : { doubleValue: value }
  }
  if (Array.isArray(value)) return { arrayValue: { values: value.map(toValue) } }
  return { kvlistValue: { values: toAttributes(value) } }
}

/** Attributes as OTLP/JSON lists them. */
export function toAttributes(values: Record<string, Plain>): JsonAttribute[] {
  return Object.entries(values).map(([key, value]) => ({ key, value: toValue(value) }))
}

/** A chat span of one second at `STARTED_AT_MS`; attributes are added to provider, model and operation. */
export function chatSpan(attributes: Record<string, Plain> = {}, over: Partial<JsonSpan> = {}): JsonSpan {
  return {
    traceId: '5b8efff798038103d269b633813fc60c',
    spanId: 'eee19b7ec3c1b174',
    name: 'chat atlas-120b',
    kind: 3,
    startTimeUnixNano: '1795386577874000000',
    endTimeUnixNano: '1795386578974000000',
    attributes: toAttributes({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'helios',
      'gen_ai.request.model': 'acme/atlas-120b',
      ...attributes,
    }),
    ...over,
  }
}

/** An export of these spans by one resource. */
export function toRequest(
  spans: JsonSpan[],
  resource: Record<string, Plain> = { 'service.name': 'shop-bot' },
) {
  return { resourceSpans: [{ resource: { attributes: toAttributes(resource) }, scopeSpans: [{ spans }] }] }
}

/** The bytes of a JSON body. */
export function jsonBody(request: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(request))
}

const repeated = (type: string, id: number) => ({ rule: 'repeated', type, id }) as const

const root = protobuf.Root.fromJSON({
  nested: {
    Request: { fields: { resourceSpans: repeated('ResourceSpans', 1) } },
    ResourceSpans: {
      fields: { resource: { type: 'Resource', id: 1 }, scopeSpans: repeated('ScopeSpans', 2) },
    },
    Resource: { fields: { attributes: repeated('KeyValue', 1) } },
    ScopeSpans: { fields: { spans: repeated('Span', 2), schemaUrl: { type: 'string', id: 3 } } },
    Span: {
      fields: {
        traceId: { type: 'bytes', id: 1 },
        spanId: { type: 'bytes', id: 2 },
        parentSpanId: { type: 'bytes', id: 4 },
        name: { type: 'string', id: 5 },
        kind: { type: 'int32', id: 6 },
        startTimeUnixNano: { type: 'fixed64', id: 7 },
        endTimeUnixNano: { type: 'fixed64', id: 8 },
        attributes: repeated('KeyValue', 9),
        events: repeated('Event', 11),
        status: { type: 'Status', id: 15 },
      },
    },
    Event: {
      fields: {
        timeUnixNano: { type: 'fixed64', id: 1 },
        name: { type: 'string', id: 2 },
        attributes: repeated('KeyValue', 3),
      },
    },
    Status: { fields: { message: { type: 'string', id: 2 }, code: { type: 'int32', id: 3 } } },
    KeyValue: { fields: { key: { type: 'string', id: 1 }, value: { type: 'AnyValue', id: 2 } } },
    AnyValue: {
      oneofs: {
        value: {
          oneof: ['stringValue', 'boolValue', 'intValue', 'doubleValue', 'arrayValue', 'kvlistValue'],
        },
      },
      fields: {
        stringValue: { type: 'string', id: 1 },
        boolValue: { type: 'bool', id: 2 },
        intValue: { type: 'int64', id: 3 },
        doubleValue: { type: 'double', id: 4 },
        arrayValue: { type: 'ArrayValue', id: 5 },
        kvlistValue: { type: 'KeyValueList', id: 6 },
      },
    },
    ArrayValue: { fields: { values: repeated('AnyValue', 1) } },
    KeyValueList: { fields: { values: repeated('KeyValue', 1) } },
    LogsRequest: { fields: { resourceLogs: repeated('ResourceLogs', 1) } },
    ResourceLogs: { fields: { scopeLogs: repeated('ScopeLogs', 2) } },
    ScopeLogs: { fields: { logRecords: repeated('LogRecord', 2) } },
    LogRecord: {
      fields: {
        timeUnixNano: { type: 'fixed64', id: 1 },
        severityNumber: { type: 'int32', id: 2 },
        body: { type: 'AnyValue', id: 5 },
        attributes: repeated('KeyValue', 6),
        traceId: { type: 'bytes', id: 9 },
        spanId: { type: 'bytes', id: 10 },
        eventName: { type: 'string', id: 12 },
      },
    },
    Response: { fields: { partialSuccess: { type: 'PartialSuccess', id: 1 } } },
    PartialSuccess: {
      fields: { rejectedSpans: { type: 'int64', id: 1 }, errorMessage: { type: 'string', id: 2 } },
    },
    RpcStatus: { fields: { code: { type: 'int32', id: 1 }, message: { type: 'string', id: 2 } } },
  },
})

const toBytes = (hex: string | undefined) => Buffer.from(hex ?? '', 'hex')

/** The same export in protobuf; ids must be hex. */
export function protobufBody(request: JsonRequest): Uint8Array {
  const message = {
    resourceSpans: request.resourceSpans.map(({ resource, scopeSpans }) => ({
      resource,
      scopeSpans: scopeSpans.map(({ spans }) => ({
        schemaUrl: 'https://opentelemetry.io/schemas/1.42.0',
        spans: spans.map((span) => ({
          ...span,
          traceId: toBytes(span.traceId),
          spanId: toBytes(span.spanId),
          parentSpanId: toBytes(span.parentSpanId),
        })),
      })),
    })),
  }
  const type = root.lookupType('Request')
  return type.encode(type.fromObject(message)).finish()
}

export type JsonLogRecord = {
  traceId: string
  spanId: string
  eventName?: string
  body?: JsonValue
  attributes: JsonAttribute[]
}

/** A logs export of these records. */
export function toLogsRequest(logRecords: JsonLogRecord[]) {
  return { resourceLogs: [{ scopeLogs: [{ logRecords }] }] }
}

/** The same logs export in protobuf; ids must be hex. */
export function protobufLogsBody(request: ReturnType<typeof toLogsRequest>): Uint8Array {
  const type = root.lookupType('LogsRequest')
  const resourceLogs = request.resourceLogs.map(({ scopeLogs }) => ({
    scopeLogs: scopeLogs.map(({ logRecords }) => ({
      logRecords: logRecords.map((record) => ({
        ...record,
        traceId: toBytes(record.traceId),
        spanId: toBytes(record.spanId),
      })),
    })),
  }))
  return type.encode(type.fromObject({ resourceLogs })).finish()
}

/** What a client reads from an answer in protobuf. */
export function decodeAnswer(type: 'Response' | 'RpcStatus', body: Uint8Array): unknown {
  const answer = root.lookupType(type)
  return answer.toObject(answer.decode(body), { longs: Number })
}

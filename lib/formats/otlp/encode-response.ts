import protobuf from 'protobufjs/minimal.js'
import type { ErrorCode } from '../../platform/errors'
import type { OtlpEncoding } from './schema'

/** A body and its `Content-Type`; the HTTP status is the route's. */
export type OtlpAnswer = { contentType: string; body: Uint8Array<ArrayBuffer> }

const CONTENT_TYPES = {
  json: 'application/json',
  protobuf: 'application/x-protobuf',
} as const satisfies Record<OtlpEncoding, string>

/** google.rpc.Code of each way we say no. */
const RPC_CODES = {
  bad_request: 3,
  unauthorized: 16,
  forbidden: 7,
  not_found: 5,
  method_not_allowed: 12,
  conflict: 10,
  payload_too_large: 8,
  unsupported_media_type: 3,
  validation_failed: 3,
  rate_limited: 8,
  internal: 13,
  unavailable: 14,
} as const satisfies Record<ErrorCode, number>

/**
 * An `ExportTraceServiceResponse`: empty when all spans were accepted, else with `partial_success`. A warning without
 * a rejected span is allowed. Source: OTLP specification, OTLP/HTTP response (opentelemetry.io/docs/specs/otlp).
 */
export function otlpSuccess(input: {
  encoding: OtlpEncoding
  rejectedSpans: number
  errorMessage: string | null
}): OtlpAnswer {
  const { encoding, rejectedSpans, errorMessage } = input
  const isFull = rejectedSpans === 0 && errorMessage === null
  if (encoding === 'json') {
    return json(isFull ? {} : { partialSuccess: { rejectedSpans, errorMessage: errorMessage ?? '' } })
  }
  const writer = protobuf.Writer.create()
  if (!isFull) {
    writer.uint32(0x0a).fork()
    writer.uint32(0x08).int64(rejectedSpans)
    writer.uint32(0x12).string(errorMessage ?? '')
    writer.ldelim()
  }
  return binary(writer)
}

/** A `google.rpc.Status` for a refused request, in the request's encoding. Source: OTLP specification, OTLP/HTTP failures. */
export function otlpStatus(input: { encoding: OtlpEncoding; code: ErrorCode; message: string }): OtlpAnswer {
  const code = RPC_CODES[input.code]
  if (input.encoding === 'json') return json({ code, message: input.message })
  const writer = protobuf.Writer.create()
  writer.uint32(0x08).int32(code)
  writer.uint32(0x12).string(input.message)
  return binary(writer)
}

function json(value: unknown): OtlpAnswer {
  return { contentType: CONTENT_TYPES.json, body: new TextEncoder().encode(JSON.stringify(value)) }
}

function binary(writer: protobuf.Writer): OtlpAnswer {
  return { contentType: CONTENT_TYPES.protobuf, body: new Uint8Array(writer.finish()) }
}

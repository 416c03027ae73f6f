import type { RequestRecord } from '../../records/request-record'
import { decodeOtlpJson } from './decode-json'
import { decodeOtlpProtobuf } from './decode-protobuf'
import type { OtlpEncoding } from './schema'
import { type RejectedSpan, toRecords } from './to-records'
import type { TraceMemory } from './trace-memory'
import { describeUnread, type UnreadSpans } from './unread-spans'

const NAMED_REASONS = 5

export type OtlpTraces = {
  records: RequestRecord[]
  rejectedSpans: number
  errorMessage: string | null
  unread: UnreadSpans[]
  /** Call it when the records could not be committed, so that their sender may send them again. */
  forget: () => void
}

/**
 * The records in the body of an OTLP/HTTP traces request, decompressed. `rejectedSpans` and `errorMessage` are what
 * the partial success of the answer says; the message is null when nothing was rejected and something was
 * understood or there was nothing to understand. `receivedAtMs` is the
 * server's clock. Throws `bad_request` when the body cannot be decoded and `payload_too_large` when it holds too
 * many elements. Source: OTLP specification, OTLP/HTTP.
 */
export function readOtlpTraces(input: {
  contentType: OtlpEncoding
  body: Uint8Array
  receivedAtMs: number
  /** What came before; left out = this export alone. */
  memory?: TraceMemory
}): OtlpTraces {
  const resourceSpans =
    input.contentType === 'json' ? decodeOtlpJson(input.body) : decodeOtlpProtobuf(input.body)
  const { receivedAtMs, memory = null } = input
  const { records, rejected, unread, forget } = toRecords({ resourceSpans, receivedAtMs, memory })
  const isUnread = unread.length > 0 && records.length === 0 && rejected.length === 0
  return {
    records,
    rejectedSpans: rejected.length,
    errorMessage: isUnread ? describeUnread(unread) : summarize(rejected),
    unread,
    forget,
  }
}

function summarize(rejected: readonly RejectedSpan[]): string | null {
  if (rejected.length === 0) return null
  const named = rejected.slice(0, NAMED_REASONS).map(({ index, message }) => `Span ${index}: ${message}`)
  const more = rejected.length - named.length
  return [...named, ...(more > 0 ? [`And ${more} more.`] : [])].join(' ')
}

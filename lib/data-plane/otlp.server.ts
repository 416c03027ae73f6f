import { requireKey } from '../access/authenticate-key.server'
import { type OtlpAnswer, otlpStatus, otlpSuccess } from '../formats/otlp/encode-response'
import { takeOtlpLogs } from '../formats/otlp/read-logs'
import { type OtlpTraces, readOtlpTraces } from '../formats/otlp/read-traces'
import type { OtlpEncoding } from '../formats/otlp/schema'
import type { TraceMemory } from '../formats/otlp/trace-memory'
import { AppError, toErrorAnswer } from '../platform/errors'
import { log } from '../platform/log.server'
import { readRequestBody } from '../platform/read-request-body.server'
import type { Recorder } from '../recorder/recorder.server'
import { withClientKey } from './client-key'

/** Signals of OTLP; each has its path below `/v1`. */
export const OTLP_SIGNALS = ['traces', 'logs', 'metrics'] as const
export type OtlpSignal = (typeof OTLP_SIGNALS)[number]

/** Below which addresses exporters find them: OTLP's own, ours, and the one that Langfuse's SDK writes to. */
export const OTLP_ROOTS = ['/v1', '/api/v1/otlp/v1', '/api/public/otel/v1'] as const

/**
 * `POST /v1/{signal}` of OTLP/HTTP. Traces are answered when the calls of models in the body are committed, with partial
 * success for those that could not be read. Of logs the content of calls is kept for their spans; metrics are accepted, so
 * that an exporter of all three has no errors, and nothing is read of them. Never throws: an error is a `google.rpc.Status` in the request's own encoding.
 * Source: OTLP specification, OTLP/HTTP.
 */
export async function takeExport(
  request: Request,
  { signal, recorder, memory }: { signal: OtlpSignal; recorder: Recorder; memory: TraceMemory },
): Promise<Response> {
  const encoding = encodingOf(request.headers.get('content-type'))
  try {
    const { id: apiKeyId } = await requireKey(withClientKey(request.headers, null), 'ingest')
    if (encoding === null) {
      throw new AppError(
        'unsupported_media_type',
        'Expected Content-Type application/x-protobuf or application/json.',
      )
    }
    const body = await readRequestBody(request)
    const input = { contentType: encoding, body, receivedAtMs: Date.now(), memory }
    if (signal === 'logs') takeOtlpLogs(input)
    const taken =
      signal === 'traces' ? await takeTraces(readOtlpTraces(input), { apiKeyId, recorder }) : NOTHING_REJECTED
    return toResponse(200, otlpSuccess({ encoding, ...taken }))
  } catch (error) {
    return refuse(error, encoding ?? 'json')
  }
}

type Taken = { rejectedSpans: number; errorMessage: string | null }
const NOTHING_REJECTED: Taken = { rejectedSpans: 0, errorMessage: null }

async function takeTraces(
  { records, rejectedSpans, errorMessage, forget }: OtlpTraces,
  { apiKeyId, recorder }: { apiKeyId: number; recorder: Recorder },
): Promise<Taken> {
  const { refused } = await recorder.record(records, { apiKeyId }).catch((error: unknown) => {
    forget()
    throw error
  })
  const messages = [
    ...(errorMessage === null ? [] : [errorMessage]),
    ...(refused.length === 0
      ? []
      : [`${refused.length} spans are of days whose facts were dropped by retention.`]),
  ]
  return {
    rejectedSpans: rejectedSpans + refused.length,
    errorMessage: messages.length === 0 ? null : messages.join(' '),
  }
}

/** The encoding a content type names; null when it names neither. */
function encodingOf(contentType: string | null): OtlpEncoding | null {
  switch (contentType?.split(';', 1)[0]?.trim().toLowerCase()) {
    case 'application/x-protobuf':
    case 'application/protobuf':
      return 'protobuf'
    case 'application/json':
      return 'json'
    default:
      return null
  }
}

function refuse(error: unknown, encoding: OtlpEncoding): Response {
  if (!(error instanceof AppError)) log.error({ err: error }, 'unexpected error while taking an OTLP export')
  const { status, headers, body } = toErrorAnswer(error)
  return toResponse(
    status,
    otlpStatus({ encoding, code: body.error.code, message: body.error.message }),
    headers,
  )
}

function toResponse(status: number, answer: OtlpAnswer, headers: Record<string, string> = {}): Response {
  return new Response(answer.body, { status, headers: { ...headers, 'Content-Type': answer.contentType } })
}

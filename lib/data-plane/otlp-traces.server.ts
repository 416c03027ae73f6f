import { requireKey } from '../access/authenticate-key.server'
import { type OtlpAnswer, otlpStatus, otlpSuccess } from '../formats/otlp/encode-response'
import { readOtlpTraces } from '../formats/otlp/read-traces'
import type { OtlpEncoding } from '../formats/otlp/schema'
import { AppError, toErrorAnswer } from '../platform/errors'
import { log } from '../platform/log.server'
import { readRequestBody } from '../platform/read-request-body.server'
import type { Recorder } from '../recorder/recorder.server'

/**
 * `POST /v1/traces` of OTLP/HTTP: answers when the inference spans in the body are committed, with partial success for
 * those that could not be read. Never throws: an error is a `google.rpc.Status` in the request's own encoding.
 */
export async function exportTraces(request: Request, recorder: Recorder): Promise<Response> {
  const encoding = encodingOf(request.headers.get('content-type'))
  try {
    const key = await requireKey(request.headers, 'ingest')
    if (encoding === null) {
      throw new AppError(
        'unsupported_media_type',
        'Expected Content-Type application/x-protobuf or application/json.',
      )
    }
    const body = await readRequestBody(request)
    const { records, rejectedSpans, errorMessage } = readOtlpTraces({
      contentType: encoding,
      body,
      receivedAtMs: Date.now(),
    })
    const { refused } = await recorder.record(records, { apiKeyId: key.id })
    const messages = [
      ...(errorMessage === null ? [] : [errorMessage]),
      ...(refused.length === 0
        ? []
        : [`${refused.length} spans are of days whose facts were dropped by retention.`]),
    ]
    return toResponse(
      200,
      otlpSuccess({
        encoding,
        rejectedSpans: rejectedSpans + refused.length,
        errorMessage: messages.length === 0 ? null : messages.join(' '),
      }),
    )
  } catch (error) {
    return refuse(error, encoding ?? 'json')
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
  if (!(error instanceof AppError)) log.error({ err: error }, 'unexpected error while taking traces')
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

import type { JsonObject } from '../../platform/json-value'
import { isObject } from '../../platform/json-value'
import { errorClassFromStatus } from '../../records/error-class'
import { failureOf } from '../failure'
import type { Draft, Format } from '../format'
import { operationOfPath } from '../operation-of-path'
import { readProviderBodies } from '../provider-bodies'
import { type FieldReader, readFields } from '../read-fields'
import { known, readEach } from '../reading'
import { cloudflareLog } from './schema'

/** Logs of Cloudflare's AI Gateway. The README of this folder has the source of each field. */
export const cloudflare: Format = {
  label: 'Cloudflare AI Gateway',
  recognises: (element) => cloudflareLog.safeParse(snakeCased(element)).success,
  unwrap: ({ result }) => (Array.isArray(result) ? result : isObject(result) ? [result] : null),
  read: (elements, { zone }) =>
    readEach(
      elements.map((element) => (isObject(element) ? snakeCased(element) : element)),
      zone,
      readLog,
    ),
}

/** The API writes `tokens_in`, Logpush `TokensIn`. */
function snakeCased(element: JsonObject): JsonObject {
  if ('tokens_in' in element) return element
  return Object.fromEntries(
    Object.entries(element).map(([name, value]) => [
      name.replaceAll(/([a-z])([A-Z])/g, '$1_$2').toLowerCase(),
      value,
    ]),
  )
}

function readLog(fields: FieldReader): Draft {
  const {
    model: _,
    stream,
    ...bodies
  } = readProviderBodies({
    request: fields.value('request', 'request_body'),
    response: fields.value('response', 'response_body'),
  })
  const httpStatus = fields.httpStatus('status_code')
  const isSuccess = fields.flag('success')
  const hasFailed =
    isSuccess === false || (httpStatus !== undefined && errorClassFromStatus(httpStatus) !== null)
  const metadata = readFields(fields.object('metadata'))
  return {
    ...bodies,
    ...known({
      stream: stream || /event-stream/.test(fields.text(100, 'response_content_type') ?? '') || undefined,
      id: fields.text(256, 'id', 'log_id', 'event_id', 'request_id'),
      startedAt: fields.time('created_at', 'timestamp', 'datetime'),
      operation: operationOfPath(fields.text(300, 'path', 'request_type', 'model_type')),
      model: fields.text(200, 'model'),
      provider: fields.text(100, 'provider'),
      app: metadata.text(200, 'app', 'application', 'service') ?? fields.text(200, 'gateway', 'gateway_id'),
      endUser: metadata.text(256, 'user', 'user_id', 'userId'),
      sessionId: metadata.text(256, 'session_id', 'sessionId', 'session', 'conversation_id'),
      durationMs: fields.durationMs(1, 'duration'),
      timeToFirstTokenMs: fields.durationMs(1, 'timings.latency', 'time_to_first_token'),
      ...(hasFailed
        ? { errorClass: failureOf(httpStatus) }
        : {
            promptTokens: fields.tokens('tokens_in'),
            completionTokens: fields.tokens('tokens_out'),
            cachedTokens: fields.tokens('cached_tokens', 'tokens_cached'),
            costUsd: fields.usd(1, 'cost'),
          }),
      httpStatus,
    }),
  }
}

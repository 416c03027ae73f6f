import { hash } from 'node:crypto'
import { type JsonObject, objectOf } from '../../platform/json-value'
import { errorClassFromStatus } from '../../records/error-class'
import { failureOf } from '../failure'
import type { Draft, Format } from '../format'
import { operationOfPath } from '../operation-of-path'
import { readProviderBodies } from '../provider-bodies'
import { type FieldReader, readFields } from '../read-fields'
import { known, movedBy, readEach } from '../reading'
import { portkeyInsert, portkeyRow } from './schema'

const USD_PER_CENT = 0.01

/** Portkey's log export and the body of its log API. The README of this folder has the source of each field. */
export const portkey: Format = {
  label: 'Portkey',
  recognises: (element) => portkeyRow.safeParse(element).success || portkeyInsert.safeParse(element).success,
  unwrap: ({ data, logs }) => (Array.isArray(data) ? data : Array.isArray(logs) ? logs : null),
  read: (elements, { zone }) =>
    readEach(elements, zone, (fields, element) =>
      portkeyInsert.safeParse(element).success ? readInsert(fields, element) : readRow(fields),
    ),
}

function readRow(fields: FieldReader): Draft {
  const { model: served, ...bodies } = readProviderBodies({
    request: fields.value('request'),
    response: fields.value('response'),
  })
  const model = fields.text(200, 'ai_model') ?? served ?? undefined
  return {
    ...bodies,
    ...known({
      id: fields.text(256, 'id'),
      startedAt: fields.time('created_at'),
      model,
      operation: operationOfPath(fields.text(300, 'request_url')),
      provider: fields.text(100, 'ai_org'),
      promptTokens: fields.tokens('req_units'),
      completionTokens: fields.tokens('res_units'),
      costUsd: costOf(fields),
      durationMs: fields.durationMs(1, 'response_time'),
      timeToFirstTokenMs: fields.durationMs(1, 'ttlt', 'time_to_first_token'),
      stream: fields.flag('stream_mode', 'is_stream'),
      ...readMetadata(readFields(metadataOf(fields))),
      ...readStatus(fields.httpStatus('response_status_code'), fields.flag('is_success')),
    }),
  }
}

/** Cents, in US dollars only: another currency's amount would be a wrong one. */
function costOf(fields: FieldReader): number | undefined {
  const currency = fields.text(10, 'cost_currency') ?? 'USD'
  return currency.toUpperCase() === 'USD' ? fields.usd(USD_PER_CENT, 'cost') : undefined
}

function readStatus(httpStatus: number | undefined, isSuccess: boolean | undefined): Draft {
  const hasFailed =
    isSuccess === false || (httpStatus !== undefined && errorClassFromStatus(httpStatus) !== null)
  return { httpStatus, errorClass: hasFailed ? failureOf(httpStatus) : undefined }
}

/** An object, or in metric files a list of keys beside a list of values. */
function metadataOf(fields: FieldReader): JsonObject {
  const metadata = fields.object('metadata')
  const { key, value } = metadata
  if (!Array.isArray(key) || !Array.isArray(value)) return metadata
  return Object.fromEntries(
    key.flatMap((name, position) => (typeof name === 'string' ? [[name, value[position]]] : [])),
  )
}

function readMetadata(metadata: FieldReader): Draft {
  return {
    app: metadata.text(200, 'app', 'application', '_app', 'service'),
    endUser: metadata.text(256, '_user', 'user', 'user_id'),
    sessionId: metadata.text(256, '_session', 'session_id', 'sessionId', 'conversation_id'),
  }
}

function readInsert(fields: FieldReader, element: JsonObject): Draft {
  const request = objectOf(element.request)
  const response = objectOf(element.response)
  const { endUser, ...bodies } = readProviderBodies({ request: request.body, response: response.body })
  const metadata = readFields(fields.object('metadata'))
  const durationMs = fields.durationMs(1, 'response.response_time', 'response.time')
  const createdAt = fields.time('created_at', 'metadata.created_at', 'metadata.timestamp')
  const ids = [metadata.text(120, 'traceId', 'trace_id'), metadata.text(120, 'spanId', 'span_id')]
  return {
    ...bodies,
    ...known({
      id:
        fields.text(256, 'id') ??
        (ids.every((id) => id !== undefined)
          ? ids.join(':')
          : `sha-${hash('sha256', JSON.stringify(element), 'hex').slice(0, 40)}`),
      startedAt: createdAt ?? startedBefore(request.headers, durationMs),
      operation: operationOfPath(fields.text(300, 'request.url')),
      provider: fields.text(100, 'request.provider'),
      stream: fields.flag('response.streamingMode'),
      durationMs,
      ...readMetadata(metadata),
      endUser: metadata.text(256, '_user', 'user') ?? endUser,
      ...readStatus(fields.httpStatus('response.status'), undefined),
    }),
  }
}

/** Without a time of its own, that of the answer's `date` header. */
function startedBefore(headers: unknown, durationMs: number | undefined): string | undefined {
  const at = readFields(objectOf(headers)).time('date', 'Date')
  return at === undefined ? undefined : movedBy(at, -(durationMs ?? 0))
}

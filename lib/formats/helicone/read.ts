import { hash } from 'node:crypto'
import { isObject, type JsonObject, objectOf } from '../../platform/json-value'
import { errorClassFromStatus } from '../../records/error-class'
import { failureOf } from '../failure'
import type { Draft, Format, ReadContext } from '../format'
import { operationOfPath } from '../operation-of-path'
import { readProviderBodies } from '../provider-bodies'
import { type FieldReader, readFields } from '../read-fields'
import { known, msBetween, readEach } from '../reading'
import { heliconeLog } from './schema'

/** The logger's paths by the provider they are for. */
const PROVIDER_OF_PATH: readonly (readonly [string, string])[] = [
  ['/oai/', 'openai'],
  ['/anthropic/', 'anthropic'],
]

/** Helicone's manual logger. The README of this folder has the source of each field. */
export const helicone: Format = {
  label: 'Helicone',
  recognises: (element) => heliconeLog.safeParse(element).success,
  read: (elements, context) =>
    readEach(elements, context.zone, (fields, element) => readLog(fields, element, context)),
}

function readLog(
  fields: FieldReader,
  element: JsonObject,
  context: ReadContext,
): Draft | { ignored: string } {
  const request = objectOf(objectOf(element.providerRequest).json)
  if (typeof request._type === 'string')
    return { ignored: `${request._type.slice(0, 40)} is no request to a model` }
  const response = objectOf(element.providerResponse)
  const bodies = readProviderBodies({ request, response: answerOf(response) })
  const startedAt = timeOf(fields, 'timing.startTime')
  const httpStatus = fields.httpStatus('providerResponse.status')
  const url = fields.text(300, 'providerRequest.url')
  const said = properties(element, context)
  const property = (...names: string[]) => said.text(256, ...names.map((name) => `helicone-${name}`))
  return {
    ...bodies,
    ...known({
      id: property('request-id') ?? `sha-${hash('sha256', JSON.stringify(element), 'hex').slice(0, 40)}`,
      startedAt,
      operation: operationOfPath(url),
      requestedModel: requestedModel(request.model, bodies.model),
      provider:
        fields.text(100, 'provider') ??
        PROVIDER_OF_PATH.find(([part]) => `${context.path}/`.includes(part))?.[1],
      app: property('property-app', 'property-application', 'session-name')?.slice(0, 200),
      endUser: property('user-id') ?? bodies.endUser,
      sessionId: property('session-id'),
      httpStatus,
      errorClass:
        httpStatus !== undefined && errorClassFromStatus(httpStatus) !== null
          ? failureOf(httpStatus)
          : bodies.errorClass,
      durationMs: msBetween(startedAt, timeOf(fields, 'timing.endTime')),
      timeToFirstTokenMs: fields.durationMs(1, 'timing.timeToFirstToken'),
    }),
  }
}

/** A body that the logger took as text stands beside an empty `json`. */
function answerOf(response: JsonObject): unknown {
  const text = response.textBody
  if (typeof text === 'string' && text !== '') return text
  const { json, body } = response
  return isObject(json) || typeof json === 'string' ? json : body
}

/** What the logger sends as headers; files may have it in the request's `meta`. */
function properties(element: JsonObject, { headers }: ReadContext): FieldReader {
  const meta = objectOf(objectOf(element.providerRequest).meta)
  const lowered = Object.fromEntries(Object.entries(meta).map(([name, value]) => [name.toLowerCase(), value]))
  return readFields({ ...headers, ...lowered })
}

function requestedModel(asked: unknown, model: string | null | undefined): string | undefined {
  return typeof asked === 'string' && asked !== '' && asked !== model ? asked.slice(0, 300) : undefined
}

/** `{ seconds, milliseconds }`, the milliseconds being those of the second. */
function timeOf(fields: FieldReader, path: string): string | undefined {
  const seconds = fields.amount(1000, `${path}.seconds`)
  if (seconds === undefined) return fields.time(path)
  const ms = seconds + (fields.amount(1, `${path}.milliseconds`) ?? 0)
  return ms < 8.64e15 ? new Date(ms).toISOString() : undefined
}

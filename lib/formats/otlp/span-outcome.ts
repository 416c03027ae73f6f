import { errorClassFromErrorType, errorClassFromStatus } from '../../records/error-class'
import { httpStatusInText } from '../../records/http-status-in-text'
import type { ErrorClass } from '../../records/vocabulary'
import { FIELD_NAMES } from './dialects/registry'
import type { Attributes, OtlpSpan } from './schema'
import { cleanText, numberOf, textOf } from './span-attributes'

const OK = 1
const ERROR = 2
const MAX_LENGTH = 300

/**
 * How a request ended: its HTTP status when the span tells (attribute, numeric `error.type`, or a message that says one)
 * and its error class, null = ok. It failed when the span's status says error, when it has an `error.type`, an exception
 * event that nobody handled (the status does not say ok, and there is no answer beside it), an HTTP status outside 2xx or
 * the finish reason `error`. Types come before words. A failure that nothing names is `mid_stream` when tokens had come, else `bad_response`.
 * Sources: OpenTelemetry's conventions for recording errors and exceptions on spans; classes from design.md §3.
 */
export function readOutcome(input: {
  span: OtlpSpan
  attributes: Attributes
  finishReason: string | null
  hasFirstToken: boolean
  /** It has an answer: a finish reason, or tokens of one. */
  hasAnswer: boolean
}): {
  httpStatus: number | null
  errorClass: ErrorClass | null
} {
  const { span, attributes, finishReason } = input
  const errorType = textOf(attributes, FIELD_NAMES.errorType, MAX_LENGTH)
  const isHandled = span.statusCode !== ERROR && errorType === null && input.hasAnswer
  const exception =
    span.statusCode === OK || isHandled ? undefined : span.events.find((event) => event.name === 'exception')
  const messages = [
    cleanText(span.statusMessage, MAX_LENGTH),
    exception ? textOf(exception.attributes, ['exception.message'], MAX_LENGTH) : null,
    textOf(attributes, FIELD_NAMES.errorMessage, MAX_LENGTH),
  ]
  const httpStatus = readHttpStatus({ span, attributes, errorType, messages })
  const hasFailedStatus = httpStatus !== null && errorClassFromStatus(httpStatus) !== null
  const hasFailed =
    span.statusCode === ERROR ||
    errorType !== null ||
    exception !== undefined ||
    hasFailedStatus ||
    finishReason === 'error'
  if (!hasFailed) return { httpStatus, errorClass: null }
  const exceptionType = exception ? textOf(exception.attributes, ['exception.type'], MAX_LENGTH) : null
  const named = [errorType, exceptionType, ...messages]
  const errorClass =
    (httpStatus === null ? null : errorClassFromStatus(httpStatus)) ??
    firstClass(named) ??
    (input.hasFirstToken ? 'mid_stream' : 'bad_response')
  return { httpStatus, errorClass }
}

function readHttpStatus({
  span,
  attributes,
  errorType,
  messages,
}: {
  span: OtlpSpan
  attributes: Attributes
  errorType: string | null
  messages: readonly (string | null)[]
}): number | null {
  const isStatus = (value: number | null): value is number =>
    value !== null && Number.isInteger(value) && value >= 100 && value <= 599
  const fromType = errorType !== null && /^[1-5]\d\d$/.test(errorType) ? Number(errorType) : null
  const attribute = numberOf(attributes, FIELD_NAMES.httpStatus)
  const said = span.statusCode === OK ? [] : messages.map(httpStatusInText)
  return [fromType, attribute, ...said].find(isStatus) ?? statusOfType(errorType, messages)
}

/** The number that a message begins with, as in `429 slow down`, where the error's type says the same class. */
function statusOfType(errorType: string | null, messages: readonly (string | null)[]): number | null {
  const errorClass = errorType === null ? null : errorClassFromErrorType(errorType)
  if (errorClass === null) return null
  const leading = messages.map((message) => Number(/^\s*([45]\d\d)\b/.exec(message ?? '')?.[1]))
  return leading.find((status) => status >= 400 && errorClassFromStatus(status) === errorClass) ?? null
}

function firstClass(names: readonly (string | null)[]): ErrorClass | null {
  for (const name of names) {
    const errorClass = name === null ? null : errorClassFromErrorType(name)
    if (errorClass !== null) return errorClass
  }
  return null
}

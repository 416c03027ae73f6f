import { errorClassFromErrorType, errorClassFromStatus } from '../../records/error-class'
import type { ErrorClass } from '../../records/vocabulary'
import type { OtlpSpan } from './schema'
import { cleanText, numberOf, textOf } from './span-attributes'

const OK = 1
const ERROR = 2
const MAX_LENGTH = 300

/**
 * How a request ended: its HTTP status when the span tells (attribute, numeric `error.type`, or a message that begins
 * with three digits) and its error class, null = ok. It failed when the span's status says error, when it has an
 * `error.type`, an exception event (unless the status says ok), an HTTP status outside 2xx or the finish reason
 * `error`. A failure that nothing names is `mid_stream` when tokens had come, else `bad_response`.
 * Sources: OpenTelemetry's conventions for recording errors and exceptions on spans; classes from design.md §3.
 */
export function readOutcome(input: { span: OtlpSpan; finishReason: string | null; hasFirstToken: boolean }): {
  httpStatus: number | null
  errorClass: ErrorClass | null
} {
  const { span, finishReason } = input
  const exception =
    span.statusCode === OK ? undefined : span.events.find((event) => event.name === 'exception')
  const errorType = textOf(span.attributes, ['error.type'], MAX_LENGTH)
  const messages = [
    cleanText(span.statusMessage, MAX_LENGTH),
    exception ? textOf(exception.attributes, ['exception.message'], MAX_LENGTH) : null,
    textOf(span.attributes, ['error.message'], MAX_LENGTH),
  ]
  const httpStatus = readHttpStatus(span, errorType, messages)
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

function readHttpStatus(
  span: OtlpSpan,
  errorType: string | null,
  messages: readonly (string | null)[],
): number | null {
  const attribute = numberOf(span.attributes, ['http.response.status_code', 'http.status_code'])
  const texts = [errorType, ...(span.statusCode === OK ? [] : messages)]
  const fromTexts = texts.map((text) => /^\s*([1-5]\d\d)(?!\d)/.exec(text ?? '')?.[1]).map(Number)
  const isStatus = (value: number) => Number.isInteger(value) && value >= 100 && value <= 599
  return [...fromTexts.slice(0, 1), attribute ?? Number.NaN, ...fromTexts.slice(1)].find(isStatus) ?? null
}

function firstClass(names: readonly (string | null)[]): ErrorClass | null {
  for (const name of names) {
    const errorClass = name === null ? null : errorClassFromErrorType(name)
    if (errorClass !== null) return errorClass
  }
  return null
}

import { isObject, numberOf, objectOf, textOf } from '../platform/json-value'
import type { AnswerProblem } from './hub'

/** An error that came inside a 200: what is wrong in a sentence, and its HTTP status when it has one. */
export type ReadError = { problem: string; status: number | null }

/** The same as the hub says it, with the provider's own code; null when there is no error. */
export function problemOfError(error: unknown): AnswerProblem | null {
  const read = readError(error)
  if (read === null) return null
  const { code, type } = objectOf(error)
  return { message: read.problem, code: textOf(code) ?? textOf(type), status: read.status }
}

/**
 * `error.type` of Anthropic's and `error.code` or `error.type` of OpenAI's API reference, and the status each stands
 * for.
 */
const STATUS_OF_WORD: Readonly<Record<string, number>> = {
  invalid_request_error: 400,
  context_length_exceeded: 400,
  authentication_error: 401,
  invalid_api_key: 401,
  billing_error: 402,
  permission_error: 403,
  not_found_error: 404,
  model_not_found: 404,
  request_too_large: 413,
  rate_limit_error: 429,
  rate_limit_exceeded: 429,
  insufficient_quota: 429,
  api_error: 500,
  server_error: 500,
  internal_server_error: 500,
  timeout_error: 504,
  overloaded_error: 529,
}

const MAX_MESSAGE_LENGTH = 500

/**
 * Reads `error` of an answer: an object with `message` and `code`, `status` or `type`, or bare text. Null when it is
 * null or undefined. The message is cut to 500 characters.
 */
export function readError(error: unknown): ReadError | null {
  if (error === null || error === undefined || error === false) return null
  if (!isObject(error)) {
    return { problem: sentence(textOf(error) ?? JSON.stringify(error)), status: statusOf(error) }
  }
  const candidates = [error.code, error.status, error.status_code, error.type]
  const status = candidates.map(statusOf).find((candidate) => candidate !== null) ?? null
  const message = textOf(error.message) ?? textOf(error.code) ?? textOf(error.type)
  return { problem: sentence(message ?? 'no message'), status }
}

function statusOf(value: unknown): number | null {
  if (typeof value === 'string' && !/^\d{3}$/.test(value)) return STATUS_OF_WORD[value] ?? null
  const status = typeof value === 'string' ? Number(value) : numberOf(value)
  return status !== null && Number.isInteger(status) && status >= 400 && status <= 599 ? status : null
}

function sentence(message: string): string {
  return `The provider answered with an error: ${message.slice(0, MAX_MESSAGE_LENGTH)}`
}

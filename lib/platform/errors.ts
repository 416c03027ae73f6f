import { isDatabaseAway } from './database-fault'

/** Every way the product can say no. The code is part of the API; the HTTP status follows from it. */
export const ERROR_STATUS = {
  bad_request: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  payload_too_large: 413,
  unsupported_media_type: 415,
  validation_failed: 422,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
} as const satisfies Record<string, number>

export type ErrorCode = keyof typeof ERROR_STATUS

/** One field that was wrong and what was expected there; `path` is dotted, `attempts.0.httpStatus`. */
export type FieldError = { path: string; message: string }

/** The one error type. Anything else that is thrown is a bug and is answered as `internal` without its message. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly details: FieldError[] | undefined
  readonly retryAfterSeconds: number | undefined

  constructor(
    code: ErrorCode,
    message: string,
    options: { details?: FieldError[]; retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.details = options.details
    this.retryAfterSeconds = options.retryAfterSeconds
  }
}

export type ErrorBody = { error: { code: ErrorCode; message: string; details?: FieldError[] } }

/** When to ask again after the database was away. */
const DATABASE_RETRY_SECONDS = 5

/** The error as ours: a database that is away is told as such, anything else that is not ours stays what it is. */
export function explainError(error: unknown): unknown {
  if (error instanceof AppError || !isDatabaseAway(error)) return error
  return new AppError('unavailable', 'The database does not answer.', {
    retryAfterSeconds: DATABASE_RETRY_SECONDS,
    cause: error,
  })
}

/** The answer to an error: status, headers and body of every route outside the OpenAI-shaped ones. */
export function toErrorAnswer(thrown: unknown): {
  status: number
  headers: Record<string, string>
  body: ErrorBody
} {
  const error = explainError(thrown)
  if (!(error instanceof AppError)) {
    return {
      status: 500,
      headers: {},
      body: {
        error: { code: 'internal', message: 'Something went wrong on our side. The server log says what.' },
      },
    }
  }
  const headers: Record<string, string> = {}
  if (error.retryAfterSeconds !== undefined) headers['Retry-After'] = String(error.retryAfterSeconds)
  return {
    status: ERROR_STATUS[error.code],
    headers,
    body: {
      error: {
        code: error.code,
        message: error.message,
        ...(error.details ? { details: error.details } : {}),
      },
    },
  }
}

import { AppError, ERROR_STATUS, type ErrorCode } from '@/lib/platform/errors'

/**
 * The one way a component talks to `app/api`: `fetchJson<RankingsAnswer>({ url })`, with the answer's type from its
 * contract. Every failure is an `AppError` whose message can be shown.
 */
export async function fetchJson<Answer>({
  url,
  signal,
  method = 'GET',
  body,
}: {
  url: string
  signal?: AbortSignal
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  body?: unknown
}): Promise<Answer> {
  const request: RequestInit = { method, credentials: 'same-origin' }
  if (signal) request.signal = signal
  if (body !== undefined) {
    request.body = JSON.stringify(body)
    request.headers = { 'Content-Type': 'application/json' }
  }
  const response = await fetch(url, request).catch((cause: unknown) => {
    if (signal?.aborted) throw cause
    throw new AppError('unavailable', 'The server cannot be reached.', { cause })
  })
  const answer: unknown = await response.json().catch(() => undefined)
  if (!response.ok) throw toAppError(response.status, answer)
  return trustContract<Answer>(answer)
}

/**
 * Routes declare the schema of their answer and are held against it outside production, and page and route come from
 * one build. Parsing again here would send every reader 30 kB of zod.
 */
function trustContract<Answer>(answer: unknown): Answer {
  if (!isRecord(answer))
    throw new AppError('internal', 'The server’s answer cannot be read. Reload the page.')
  return answer as Answer
}

function toAppError(status: number, answer: unknown): AppError {
  const error = isRecord(answer) && isRecord(answer.error) ? answer.error : {}
  const code = isErrorCode(error.code) ? error.code : codeOfStatus(status)
  const message =
    typeof error.message === 'string' ? error.message : `The server answered with status ${status}.`
  const details = Array.isArray(error.details) ? error.details.filter(isFieldError) : []
  return new AppError(code, message, details.length > 0 ? { details } : {})
}

function codeOfStatus(status: number): ErrorCode {
  const entry = Object.entries(ERROR_STATUS).find(([, value]) => value === status)
  const code = entry?.[0]
  return isErrorCode(code) ? code : 'internal'
}

function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(ERROR_STATUS, value)
}

function isFieldError(value: unknown): value is { path: string; message: string } {
  return isRecord(value) && typeof value.path === 'string' && typeof value.message === 'string'
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

import { isObject, type JsonObject, objectsOf, textOf } from '../../platform/json-value'
import type { AnswerProblem } from '../hub'
import type { GatewayProblem } from '../problem'
import { readError } from '../read-error'

/** google.rpc.Code and the HTTP status each stands for; the first word of a status is the one that is written. */
const STATUS_OF_CODE: ReadonlyMap<string, number> = new Map([
  ['INVALID_ARGUMENT', 400],
  ['FAILED_PRECONDITION', 400],
  ['OUT_OF_RANGE', 400],
  ['UNAUTHENTICATED', 401],
  ['PERMISSION_DENIED', 403],
  ['NOT_FOUND', 404],
  ['ABORTED', 409],
  ['ALREADY_EXISTS', 409],
  ['RESOURCE_EXHAUSTED', 429],
  ['CANCELLED', 499],
  ['INTERNAL', 500],
  ['UNKNOWN', 500],
  ['DATA_LOSS', 500],
  ['UNIMPLEMENTED', 501],
  ['UNAVAILABLE', 503],
  ['DEADLINE_EXCEEDED', 504],
])
const CODE_OF_STATUS = new Map([...STATUS_OF_CODE].reverse().map(([code, status]) => [status, code]))

/** The error in an answer, alone or in a list as Gemini's streams write it; null when there is none. */
export function problemInGemini(body: unknown): AnswerProblem | null {
  const holder = Array.isArray(body) ? objectsOf(body).find(({ error }) => isObject(error)) : body
  const error = isObject(holder) ? holder.error : undefined
  const read = readError(error)
  if (read === null) return null
  const code = isObject(error) ? textOf(error.status) : null
  return {
    message: read.problem,
    code,
    status: read.status ?? (code === null ? null : (STATUS_OF_CODE.get(code) ?? null)),
  }
}

/** What `promptFeedback` says against a prompt, as a refusal by content policy; null when it lets it pass. */
export function problemOfPrompt(promptFeedback: unknown): AnswerProblem | null {
  const feedback = isObject(promptFeedback) ? promptFeedback : {}
  const reason = textOf(feedback.blockReason)
  if (reason === null || reason === 'BLOCKED_REASON_UNSPECIFIED') return null
  const said = textOf(feedback.blockReasonMessage)
  return {
    message: `The provider refused the prompt by its content policy: ${said ?? reason}`,
    code: reason,
    status: 451,
  }
}

/**
 * A problem as Google's APIs write it: `code` is the HTTP status, `status` the word of google.rpc.Code, `details` hold a
 * wait as google.rpc.RetryInfo, which Google's clients obey. OpenRouter's metadata stand beside it. Source: AIP-193.
 */
export function geminiErrorBody(problem: GatewayProblem, metadata: JsonObject | null): JsonObject {
  const { status, type, message, code, retryAfterSeconds } = problem
  const details: JsonObject[] = [
    {
      '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
      reason: (code ?? type).toUpperCase(),
      domain: 'gateway',
      metadata: {},
    },
  ]
  if (retryAfterSeconds !== undefined && retryAfterSeconds !== null) {
    details.push({
      '@type': 'type.googleapis.com/google.rpc.RetryInfo',
      retryDelay: `${retryAfterSeconds}s`,
    })
  }
  return {
    error: {
      code: status,
      message,
      status: CODE_OF_STATUS.get(status) ?? (status >= 500 ? 'UNAVAILABLE' : 'INVALID_ARGUMENT'),
      details,
      metadata: { error_type: type, ...(code ? { code } : {}), ...problem.metadata },
    },
    ...(metadata ? { openrouter_metadata: metadata } : {}),
  }
}

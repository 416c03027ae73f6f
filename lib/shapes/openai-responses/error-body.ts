import { isObject, type JsonObject, objectsOf, textOf } from '../../platform/json-value'
import type { ErrorType, GatewayProblem } from '../problem'

/** OpenAI's `type` of an error, by ours; everything else is `server_error`. Source: error codes of OpenAI's guides. */
const TYPES: Partial<Record<ErrorType, string>> = {
  authentication: 'authentication_error',
  permission_denied: 'permission_error',
  invalid_request: 'invalid_request_error',
  not_found: 'not_found_error',
  payload_too_large: 'invalid_request_error',
  rate_limit_exceeded: 'rate_limit_error',
  content_policy_violation: 'invalid_request_error',
}

/** What a failed response says where the provider gave no code of its own. Source: ResponseError, same reference. */
const CODES: Partial<Record<ErrorType, string>> = {
  invalid_request: 'invalid_prompt',
  payload_too_large: 'invalid_prompt',
  content_policy_violation: 'invalid_prompt',
  rate_limit_exceeded: 'rate_limit_exceeded',
}

/** An error as OpenAI writes it, with OpenRouter's metadata beside it. */
export function responsesErrorBody(problem: GatewayProblem, metadata: JsonObject | null): JsonObject {
  return {
    error: { ...errorOf(problem), metadata: { error_type: problem.type, ...problem.metadata } },
    ...(metadata === null ? {} : { openrouter_metadata: metadata }),
  }
}

/**
 * The error within a stream. OpenAI's reference has its fields beside the type, its server sends them in `error`, and
 * clients read the one or the other.
 */
export function streamError(problem: GatewayProblem): JsonObject {
  const { type, ...error } = errorOf(problem)
  const code = failureOf(problem).code
  return { type: 'error', ...error, code, error: { type, ...error, code } }
}

/** `error` of a failed response; its code is never missing, because clients decide by it whether to ask again. */
export function failureOf({ type, code, message }: GatewayProblem): { code: string; message: string } {
  return { code: code ?? CODES[type] ?? 'server_error', message }
}

function errorOf(problem: GatewayProblem): JsonObject {
  return {
    message: problem.message,
    type: TYPES[problem.type] ?? 'server_error',
    param: paramOf(problem),
    code: problem.code ?? null,
  }
}

/** The field of the request that is wrong, when the gateway found it so. */
function paramOf({ metadata }: GatewayProblem): string | null {
  const [field] = isObject(metadata) ? objectsOf(metadata.fields) : []
  return textOf(field?.path) || null
}

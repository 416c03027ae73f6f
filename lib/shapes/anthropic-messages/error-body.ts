import type { JsonObject } from '../../platform/json-value'
import type { ErrorType, GatewayProblem } from '../problem'

const ANTHROPIC_TYPES: Partial<Record<ErrorType, string>> = {
  authentication: 'authentication_error',
  permission_denied: 'permission_error',
  invalid_request: 'invalid_request_error',
  not_found: 'not_found_error',
  payload_too_large: 'request_too_large',
  rate_limit_exceeded: 'rate_limit_error',
  content_policy_violation: 'invalid_request_error',
  provider_overloaded: 'overloaded_error',
  timeout: 'timeout_error',
}

/** The error body as Anthropic's messages write it, with OpenRouter's metadata beside it. A code stands where Anthropic's SDK looks for one, in `details.error_code`. */
export function errorBody(problem: GatewayProblem, metadata: JsonObject | null): JsonObject {
  return {
    type: 'error',
    error: {
      type: ANTHROPIC_TYPES[problem.type] ?? 'api_error',
      message: problem.message,
      ...(problem.code ? { details: { error_code: problem.code } } : {}),
      metadata: {
        error_type: problem.type,
        code: problem.code ?? problem.status,
        ...problem.metadata,
      },
    },
    ...(metadata === null ? {} : { openrouter_metadata: metadata }),
  }
}

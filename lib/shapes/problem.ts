/** OpenRouter's `error_type`s that we use (openrouter.ai/docs, Errors and Debugging; OpenAPI ApiErrorType). */
export type ErrorType =
  | 'authentication'
  | 'permission_denied'
  | 'invalid_request'
  | 'not_found'
  | 'payload_too_large'
  | 'rate_limit_exceeded'
  | 'content_policy_violation'
  | 'provider_unavailable'
  | 'provider_overloaded'
  | 'timeout'
  | 'server'
  | 'unmapped'

/** Why a request gets no answer: HTTP status, OpenRouter's type, a sentence, and what a program may want to know. */
export type GatewayProblem = {
  status: number
  type: ErrorType
  message: string
  /** The provider's own code, such as `context_length_exceeded`, by which agents act; null and left out = none. */
  code?: string | null
  retryAfterSeconds?: number | undefined
  metadata?: Record<string, unknown>
}

import type { AppError, ErrorCode } from '../platform/errors'
import type { ErrorClass } from '../records/vocabulary'
import type { ErrorType, GatewayProblem } from '../shapes/problem'
import type { PlanStep } from './plan-schema'

/** A failed try, as far as its error matters to others. */
export type FailedAttempt = {
  provider: string
  providerName: string
  errorClass: ErrorClass
  httpStatus: number | null
  /** What the provider said, or what happened, in a sentence. */
  message: string
  retryAfterMs: number | null
}

const BY_CODE = {
  bad_request: 'invalid_request',
  unauthorized: 'authentication',
  forbidden: 'permission_denied',
  not_found: 'not_found',
  method_not_allowed: 'invalid_request',
  conflict: 'invalid_request',
  payload_too_large: 'payload_too_large',
  unsupported_media_type: 'invalid_request',
  validation_failed: 'invalid_request',
  rate_limited: 'rate_limit_exceeded',
  internal: 'server',
  unavailable: 'provider_overloaded',
} as const satisfies Record<ErrorCode, ErrorType>

/** An error of the product as the gateway's clients read it. A body that does not fit is 400 in both wire shapes. */
export function problemOfError(error: AppError, status: number): GatewayProblem {
  const fields = error.details?.map(({ path, message }) => (path ? `${path}: ${message}` : message))
  return {
    status: error.code === 'validation_failed' ? 400 : status,
    type: BY_CODE[error.code],
    message: fields && fields.length > 0 ? fields.join('; ') : error.message,
    retryAfterSeconds: error.retryAfterSeconds,
  }
}

const BY_CLASS = {
  rate_limited: { status: 429, type: 'rate_limit_exceeded' },
  upstream_5xx: { status: 502, type: 'provider_unavailable' },
  timeout: { status: 504, type: 'timeout' },
  connection: { status: 502, type: 'provider_unavailable' },
  mid_stream: { status: 502, type: 'provider_unavailable' },
  // 401 would tell the client that its own key is wrong.
  auth: { status: 502, type: 'provider_unavailable' },
  not_found: { status: 502, type: 'provider_unavailable' },
  bad_response: { status: 502, type: 'provider_unavailable' },
  invalid_request: { status: 400, type: 'invalid_request' },
  content_policy: { status: 403, type: 'content_policy_violation' },
  cancelled: { status: 499, type: 'unmapped' },
} as const satisfies Record<ErrorClass, { status: number; type: ErrorType }>

/**
 * What the client is told when the last try failed too. A refusal of the request itself keeps the provider's status;
 * what is a provider's fault never looks like the client's. `previous_errors` names the tries before it.
 */
export function problemOfAttempts(attempts: readonly FailedAttempt[]): GatewayProblem {
  const last = attempts.at(-1)
  if (!last) return { status: 503, type: 'provider_unavailable', message: 'No provider could be tried.' }
  const { status, type } = BY_CLASS[last.errorClass]
  const isClientFault = last.errorClass === 'invalid_request' || last.errorClass === 'content_policy'
  const waits = attempts.flatMap(({ retryAfterMs }) => retryAfterMs ?? [])
  return {
    status: isClientFault ? (last.httpStatus ?? status) : status,
    type,
    message: `${last.providerName}: ${last.message}`,
    retryAfterSeconds:
      last.errorClass === 'rate_limited' && waits.length > 0
        ? Math.ceil(Math.min(...waits) / 1000)
        : undefined,
    metadata: {
      provider_name: last.providerName,
      error_class: last.errorClass,
      raw: last.message,
      ...(attempts.length > 1
        ? {
            previous_errors: attempts.slice(0, -1).map((attempt) => ({
              provider: attempt.providerName,
              code: attempt.httpStatus,
              status: attempt.errorClass,
              message: attempt.message,
            })),
          }
        : {}),
    },
  }
}

/**
 * What the client is told when the plan has no step: 429 while somebody asked us to wait (`waitMs`, null = nobody did),
 * else 404 that says which rule excluded which endpoint.
 */
export function problemOfEmptyPlan({
  models,
  excluded,
  waitMs,
}: {
  models: readonly string[]
  excluded: readonly PlanStep[]
  waitMs: number | null
}): GatewayProblem {
  const named = models.join(', ')
  const metadata = {
    requested_models: models,
    excluded_endpoints: excluded.map(({ model, provider, reasons }) => ({
      model,
      provider,
      rule: reasons.at(-1)?.rule,
      reason: reasons.at(-1)?.text,
    })),
  }
  if (waitMs !== null) {
    return {
      status: 429,
      type: 'rate_limit_exceeded',
      message: `All providers of ${named} that may serve this request asked us to wait.`,
      retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)),
      metadata,
    }
  }
  if (excluded.length === 0) {
    return {
      status: 404,
      type: 'not_found',
      message: `No provider serves ${named}. Connect one in Settings, or ask for a model of GET /api/v1/models.`,
      metadata,
    }
  }
  const tools = excluded.every(({ reasons }) => reasons.at(-1)?.rule === 'tools')
  const list = excluded.map(({ provider, reasons }) => `${provider} (${reasons.at(-1)?.text ?? 'excluded'})`)
  const beginning = tools
    ? 'No endpoints found that support tool use'
    : `No allowed providers are available for the selected model ${named}`
  return { status: 404, type: 'not_found', message: `${beginning}. Excluded: ${list.join('; ')}.`, metadata }
}

const ANTHROPIC_TYPES: Partial<Record<ErrorType, string>> = {
  authentication: 'authentication_error',
  permission_denied: 'permission_error',
  invalid_request: 'invalid_request_error',
  not_found: 'not_found_error',
  payload_too_large: 'request_too_large',
  rate_limit_exceeded: 'rate_limit_error',
  content_policy_violation: 'invalid_request_error',
  provider_overloaded: 'overloaded_error',
}

/** The error body as OpenRouter's chat completions write it. */
export function chatErrorBody(problem: GatewayProblem): { error: Record<string, unknown> } {
  return {
    error: {
      code: problem.status,
      message: problem.message,
      metadata: { error_type: problem.type, ...problem.metadata },
    },
  }
}

/** The error body as Anthropic's messages write it, with OpenRouter's metadata beside it. */
export function messagesErrorBody(problem: GatewayProblem): Record<string, unknown> {
  return {
    type: 'error',
    error: {
      type: ANTHROPIC_TYPES[problem.type] ?? 'api_error',
      message: problem.message,
      metadata: { error_type: problem.type, code: problem.status, ...problem.metadata },
    },
  }
}

import type { AppError, ErrorCode } from '../platform/errors'
import type { ErrorClass } from '../records/vocabulary'
import type { ErrorType, GatewayProblem } from '../shapes/problem'
import type { AttemptFailure, GatewayAttempt } from './exchange'
import type { PlanStep } from './plan-schema'

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
 * What the client is told when the last attempt failed too. A refusal of the request itself keeps the provider's status
 * and code; what is a provider's fault never looks like the client's. `previous_errors` names the attempts before it.
 */
export function problemOfAttempts(attempts: readonly GatewayAttempt[]): GatewayProblem {
  const failed = attempts.flatMap((attempt) =>
    attempt.failure ? [{ attempt, failure: attempt.failure }] : [],
  )
  const last = failed.at(-1)
  if (!last) return { status: 503, type: 'provider_unavailable', message: 'No provider could be tried.' }
  const { attempt, failure } = last
  const { errorClass, message, code = null } = failure
  const { providerName } = attempt.candidate
  const { status, type } = BY_CLASS[errorClass]
  const isClientFault = errorClass === 'invalid_request' || errorClass === 'content_policy'
  const waits = failed.flatMap(({ failure: { retryAfterMs } }) => retryAfterMs ?? [])
  return {
    status: isClientFault ? (attempt.httpStatus ?? status) : status,
    type,
    message: `${providerName}: ${message}`,
    code,
    retryAfterSeconds:
      errorClass === 'rate_limited' && waits.length > 0 ? Math.ceil(Math.min(...waits) / 1000) : undefined,
    metadata: {
      provider_name: providerName,
      error_class: errorClass,
      raw: message,
      ...(failed.length > 1 ? { previous_errors: failed.slice(0, -1).map(previousError) } : {}),
    },
  }
}

function previousError({ attempt, failure }: { attempt: GatewayAttempt; failure: AttemptFailure }) {
  return {
    provider: attempt.candidate.providerName,
    code: attempt.httpStatus,
    status: failure.errorClass,
    message: failure.message,
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

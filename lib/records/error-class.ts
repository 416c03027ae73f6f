import type { ErrorClass, Outcome } from './vocabulary'

const BY_STATUS: ReadonlyMap<number, ErrorClass> = new Map<number, ErrorClass>([
  [401, 'auth'],
  [402, 'auth'],
  [403, 'auth'],
  [404, 'not_found'],
  [408, 'timeout'],
  [410, 'not_found'],
  [429, 'rate_limited'],
  [451, 'content_policy'],
  [499, 'cancelled'],
  [504, 'timeout'],
  [524, 'timeout'],
])

/**
 * The error class an HTTP status stands for; null for 2xx. Other 4xx are the client's `invalid_request`, other 5xx
 * `upstream_5xx`, 0 (no answer) is `connection`, and what is no final answer at all (1xx, 3xx, ≥ 600) `bad_response`.
 * Source of the definition: design.md §3, "Outcome of an attempt".
 */
export function errorClassFromStatus(httpStatus: number): ErrorClass | null {
  if (httpStatus >= 200 && httpStatus < 300) return null
  const known = BY_STATUS.get(httpStatus)
  if (known !== undefined) return known
  if (httpStatus >= 400 && httpStatus < 500) return 'invalid_request'
  if (httpStatus >= 500 && httpStatus < 600) return 'upstream_5xx'
  return httpStatus === 0 ? 'connection' : 'bad_response'
}

/**
 * Tried in order on the lower-cased name without separators, so `RateLimitError`, `rate_limit_exceeded` and
 * `ERR_RATE_LIMIT` are one. Narrow before broad: APIConnectionTimeoutError is a timeout, not a connection error.
 */
const BY_NAME: readonly (readonly [RegExp, ErrorClass])[] = [
  [/ratelimit|toomanyrequests|throttl|resourceexhausted|quotaexceeded|insufficientquota/, 'rate_limited'],
  [/timeout|timedout|deadlineexceeded/, 'timeout'],
  [/abort|cancel|clientclosed|clientdisconnect/, 'cancelled'],
  [/contentpolicy|contentfilter|moderation|guardrail|refus(?!ed)|safety/, 'content_policy'],
  [/stream(error|interrupted|closed|ended)|incompleteread|prematureclose|midstream/, 'mid_stream'],
  [/auth|permissiondenied|accessdenied|forbidden|apikey|unauthorized|paymentrequired|billing/, 'auth'],
  [/notfound|nosuchmodel|unknownmodel/, 'not_found'],
  [/^e(connrefused|connreset|connaborted|notfound|pipe|hostunreach|netunreach|aiagain)$/, 'connection'],
  [/connect|socket|network|dns|fetchfailed|fetcherror|hangup|ssl|tls|certificate/, 'connection'],
  [
    /badrequest|invalidrequest|invalidargument|invalidprompt|unprocessable|(?<!type)validation/,
    'invalid_request',
  ],
  [/contextlength|contextwindow|toolarge|unsupported/, 'invalid_request'],
  [/internalserver|servererror|serviceunavailable|overloaded|badgateway|internalerror/, 'upstream_5xx'],
  [
    /parse|decode|jsondecode|syntaxerror|invalidresponse|badresponse|emptyresponse|typevalidation/,
    'bad_response',
  ],
]

const SYSTEM_ERRORS: ReadonlyMap<string, ErrorClass> = new Map<string, ErrorClass>([
  ['enotfound', 'connection'],
  ['econnaborted', 'connection'],
])

const MAX_LENGTH = 300

/**
 * The error class behind OpenTelemetry's `error.type`, an exception's class name or a provider's error code:
 * a numeric string is an HTTP status, a name is recognised by its words. Null when the name tells nothing
 * (`_OTHER`, `Error`, a number outside 100 to 599) or is a success; the caller then decides.
 * Source of the definition: design.md §3 for the classes; OpenTelemetry's attribute registry for what
 * `error.type` may hold.
 */
export function errorClassFromErrorType(errorType: string): ErrorClass | null {
  const name = errorType.slice(0, MAX_LENGTH).trim().toLowerCase()
  if (/^[1-5]\d\d$/.test(name)) return errorClassFromStatus(Number(name))
  const system = SYSTEM_ERRORS.get(name)
  if (system !== undefined) return system
  const words = name.replaceAll(/[^a-z0-9]+/g, '')
  return BY_NAME.find(([pattern]) => pattern.test(words))?.[1] ?? null
}

const COUNTED = {
  rate_limited: false,
  upstream_5xx: true,
  timeout: true,
  connection: true,
  mid_stream: true,
  auth: true,
  not_found: true,
  bad_response: true,
  invalid_request: false,
  content_policy: false,
  cancelled: false,
} as const satisfies Record<ErrorClass, boolean>

/**
 * Whether an outcome is an error in uptime = ok ÷ (ok + errors). `ok` is not an error; rate limits, the client's
 * own mistakes, content policy and cancellations are in neither count.
 * Source of the definition: design.md §5, "Uptime".
 */
export function isCountedError(outcome: Outcome): boolean {
  return outcome !== 'ok' && COUNTED[outcome]
}

import type { ErrorClass } from '../records/vocabulary'

/**
 * The colour of each error class, the same in every chart. What a provider does wrong is warm or violet; what it is not
 * to blame for, and uptime leaves out, is pale.
 */
export const ERROR_COLORS = {
  upstream_5xx: 'var(--chart-4)',
  timeout: 'var(--chart-8)',
  connection: 'var(--chart-6)',
  mid_stream: 'var(--chart-10)',
  auth: 'var(--chart-2)',
  not_found: 'var(--chart-12)',
  bad_response: 'var(--chart-16)',
  rate_limited: 'var(--chart-3)',
  invalid_request: 'var(--chart-7)',
  content_policy: 'var(--chart-13)',
  cancelled: 'var(--chart-other)',
} as const satisfies Record<ErrorClass, string>

/** The order in which error classes are stacked and listed: those that uptime counts first. */
export const ERROR_ORDER = [
  'upstream_5xx',
  'timeout',
  'connection',
  'mid_stream',
  'auth',
  'not_found',
  'bad_response',
  'rate_limited',
  'invalid_request',
  'content_policy',
  'cancelled',
] as const satisfies readonly ErrorClass[]

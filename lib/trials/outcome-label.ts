import type { CallOutcome } from './call-outcome'

/** Each outcome of a call in the words that people read, in the browser and in a terminal. */
export const OUTCOME_LABELS = {
  clean: 'Good tool call',
  no_tool: 'Answered without a tool',
  invalid_json: 'Invalid JSON',
  unknown_name: 'Made-up tool name',
  schema_mismatch: 'Wrong parameters',
  rate_limited: 'Rate limited',
  upstream_5xx: 'Provider error',
  timeout: 'Timeout',
  connection: 'Connection failed',
  mid_stream: 'Broke off mid-stream',
  auth: 'Access refused',
  not_found: 'Not found',
  bad_response: 'Unreadable answer',
  invalid_request: 'Request refused',
  content_policy: 'Content policy',
  cancelled: 'Cancelled',
} as const satisfies Record<CallOutcome, string>

/** The words for an outcome as a summary carries it, which may be one that this version does not know. */
export function outcomeLabel(outcome: string): string {
  return Object.entries(OUTCOME_LABELS).find(([known]) => known === outcome)?.[1] ?? outcome
}

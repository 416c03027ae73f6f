import { ERROR_CLASSES, TOOL_VERDICTS } from '../records/vocabulary'

/** What usage rollups are kept for; the order is the order of the Postgres enum `usage_subject`. */
export const USAGE_SUBJECTS = [
  'caller_kind',
  'model',
  'provider',
  'app',
  'use_case',
  'api_key',
  'preset',
  'context_length',
] as const
export type UsageSubjectName = (typeof USAGE_SUBJECTS)[number]

/** Sums over requests. `*_known` counts the requests that carried the value: unknown is not zero. */
export const USAGE_MEASURES = [
  'requests',
  'requests_ok',
  'requests_error',
  'tokens_known',
  'cost_known',
  'agentic_requests',
  'human_requests',
  'tools_known',
  'tools_offered',
  'tools_used',
  'finished_by_tool_call',
  'prompt_tokens',
  'cached_tokens',
  'cache_write_tokens',
  'completion_tokens',
  'reasoning_tokens',
  'agentic_tokens',
  'human_tokens',
  'tool_calls',
  'cost_micro_usd',
  'cache_known_prompt_tokens',
  'reasoning_known_completion_tokens',
] as const

/** Token estimates by part of the prompt, in the order of PROMPT_PARTS; null in a row where no request had them. */
export const USAGE_PART_MEASURES = [
  'prompt_parts_known',
  'system_tokens',
  'tool_definition_tokens',
  'mcp_tool_definition_tokens',
  'skill_tokens',
  'tool_result_tokens',
  'user_text_tokens',
  'assistant_history_tokens',
] as const

export const USAGE_COLUMNS = [...USAGE_MEASURES, ...USAGE_PART_MEASURES] as const
export type UsageMeasure = (typeof USAGE_COLUMNS)[number]
/** Requests of each operation have rows of their own, so that any figure can be asked of some operations alone. */
export const USAGE_KEYS = ['subject', 'bucket', 'key_id', 'operation'] as const

/** Sums over attempts of one endpoint; money is that of all, tokens are those of the attempts that decided their request. */
export const ENDPOINT_MEASURES = [
  'attempts',
  'ok',
  ...ERROR_CLASSES,
  'deciding',
  'tools_offered',
  'tool_call_attempts',
  'checked_tool_call_attempts',
  'bad_tool_call_attempts',
  'calls_valid',
  'calls_invalid_json',
  'calls_unknown_name',
  'calls_schema_mismatch',
  'calls_unknown',
  'prompt_tokens',
  'cached_tokens',
  'completion_tokens',
  'cost_micro_usd',
  'cache_known_prompt_tokens',
  'costed_tokens',
] as const
export type EndpointMeasure = (typeof ENDPOINT_MEASURES)[number]
export const ENDPOINT_KEYS = ['bucket', 'endpoint_id'] as const

/** Distributions kept beside an endpoint's sums, each a column of histogram entries (histogram.ts). */
export const ENDPOINT_HISTOGRAMS = ['time_to_first_token_ms', 'duration_ms', 'tokens_per_second'] as const
export type EndpointHistogram = (typeof ENDPOINT_HISTOGRAMS)[number]

/** Providers: the rows of their endpoints added up, with the same measures and histograms. */
export const PROVIDER_KEYS = ['bucket', 'provider_id'] as const

/** Endpoints once more, their tool calls alone: a row is a tenth as wide, where all endpoints are compared. */
export const ENDPOINT_TOOL_MEASURES = [
  'tools_offered',
  'tool_call_attempts',
  'checked_tool_call_attempts',
  'bad_tool_call_attempts',
  'calls_invalid_json',
  'calls_unknown_name',
  'calls_schema_mismatch',
] as const satisfies readonly EndpointMeasure[]

/** What a model's usage is split by; the order is the order of the Postgres enum `model_dimension`. */
export const MODEL_DIMENSIONS = ['app', 'use_case'] as const
export type ModelDimension = (typeof MODEL_DIMENSIONS)[number]
export const MODEL_USAGE_KEYS = ['dimension', 'bucket', 'model_id', 'key_id'] as const

/** Sums over the chats and completions of one model by one app or use case. */
export const MODEL_USAGE_MEASURES = [
  'requests',
  'agentic_requests',
  'cost_known',
  'prompt_tokens',
  'completion_tokens',
  'agentic_tokens',
  'cost_micro_usd',
] as const
export type ModelUsageMeasure = (typeof MODEL_USAGE_MEASURES)[number]

export const TOOL_KEYS = ['bucket', 'tool_id'] as const
/** Calls of one tool over all attempts of chats and completions, by verdict, in the order of TOOL_VERDICTS. */
export const TOOL_MEASURES = TOOL_VERDICTS.map((verdict) => `calls_${verdict}` as const)
export type ToolMeasure = (typeof TOOL_MEASURES)[number]

/** Sums over the chats and completions of a session. */
export const SESSION_MEASURES = [
  'turns',
  'errors',
  'agentic_turns',
  'tool_calls',
  'cost_known',
  'prompt_tokens',
  'completion_tokens',
  'cost_micro_usd',
] as const
export const SESSION_COLUMNS = [
  'session_id',
  'first_at',
  'last_at',
  'newest_at',
  ...SESSION_MEASURES,
  'app_id',
  'model_id',
] as const

/** Position of each measure in the arrays that partial sums are added up in. */
export function positions<Name extends string>(names: readonly Name[]): Record<Name, number> {
  const entries = names.map((name, index) => [name, index] as const)
  // fromEntries widens its keys to string; they are exactly `names`.
  return Object.fromEntries(entries) as Record<Name, number>
}

import type { LogErrorFilter, LogStatus, LogVerdictFilter } from '@/lib/analytics/logs/filter-words'
import type { CallerKind, ErrorClass, Operation, OutputVerdict } from '@/lib/records/vocabulary'
import { OUTCOME_LABELS } from '@/lib/trials/outcome-label'

/** How a request or attempt ended, in words. */
export function outcomeWords(errorClass: ErrorClass | null): string {
  return errorClass === null ? 'OK' : OUTCOME_LABELS[errorClass]
}

export const STATUS_WORDS = { ok: 'OK', error: 'Failed' } as const satisfies Record<LogStatus, string>

export const CALLER_WORDS = {
  agentic: 'Agentic',
  human: 'Human',
  unknown: 'Unknown',
} as const satisfies Record<CallerKind, string>

export const OPERATION_WORDS = {
  chat: 'Chat',
  completion: 'Completion',
  embedding: 'Embedding',
  rerank: 'Rerank',
  image: 'Image',
  audio: 'Audio',
  moderation: 'Moderation',
  other: 'Other',
} as const satisfies Record<Operation, string>

export const VERDICT_WORDS = {
  bad: 'Any bad call',
  valid: 'Good call',
  invalid_json: OUTCOME_LABELS.invalid_json,
  unknown_name: OUTCOME_LABELS.unknown_name,
  schema_mismatch: OUTCOME_LABELS.schema_mismatch,
  unknown: 'Not checked',
} as const satisfies Record<LogVerdictFilter, string>

/** How an answer's text kept to the format that was asked for. */
export const OUTPUT_WORDS = {
  valid: 'JSON as asked',
  invalid_json: 'Not the JSON that was asked for',
  schema_mismatch: 'JSON that breaks its schema',
  unknown: 'JSON not checked',
} as const satisfies Record<OutputVerdict, string>

/** The words for a failure to filter by. */
export function errorFilterWords(errorClass: LogErrorFilter): string {
  return errorClass === 'any' ? 'Any failure' : OUTCOME_LABELS[errorClass]
}

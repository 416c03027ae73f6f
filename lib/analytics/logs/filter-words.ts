import { ERROR_CLASSES, TOOL_VERDICTS } from '../../records/vocabulary'

// Words of the Logs filter that pages use too; apart from the schema, so that browsers need not load zod.

/** Of a request: `error` = its last attempt failed. */
export const LOG_STATUSES = ['ok', 'error'] as const
export type LogStatus = (typeof LOG_STATUSES)[number]

/** Of any attempt; `any` = it failed, whatever the class. */
export const LOG_ERROR_FILTERS = ['any', ...ERROR_CLASSES] as const
export type LogErrorFilter = (typeof LOG_ERROR_FILTERS)[number]

/** Of a tool call; `bad` = any verdict that counts as an error. */
export const LOG_VERDICT_FILTERS = ['bad', ...TOOL_VERDICTS] as const
export type LogVerdictFilter = (typeof LOG_VERDICT_FILTERS)[number]

/** Fields whose values are names that can be looked up. */
export const LOG_VALUE_FIELDS = ['model', 'provider', 'app', 'key', 'preset', 'useCase', 'tool'] as const
export type LogValueField = (typeof LOG_VALUE_FIELDS)[number]

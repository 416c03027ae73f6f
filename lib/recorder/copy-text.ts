import type { OutputCheck } from '../records/check-structured-output'
import { decidingAttempt, type RequestRecord, type ToolCall } from '../records/request-record'
import { PROMPT_PARTS } from '../records/vocabulary'
import type { CatalogIds } from './catalog-ids'
import { histogramEntries } from './histogram'
import type { ModelUsageRow, ToolRow } from './hour-sums'
import { USAGE_COLUMNS, USAGE_MEASURES } from './measures'
import type { EndpointRow, UsageRow } from './partial-sums'
import type { SessionAmendment, SessionRow } from './session-sums'

/** Columns of request_log in the order that `requestLine` writes them. */
export const REQUEST_COLUMNS = [
  'id',
  'started_at',
  'source',
  'external_id',
  'operation',
  'api_key_id',
  'app_id',
  'use_case_id',
  'preset_id',
  'preset_version',
  'model_id',
  'endpoint_id',
  'requested_model',
  'end_user',
  'session_id',
  'stream',
  'caller_kind',
  'caller_reason',
  'error_class',
  'finish_reason',
  'attempt_count',
  'deciding_after_ms',
  'http_status',
  'time_to_first_token_ms',
  'duration_ms',
  'prompt_tokens',
  'cached_tokens',
  'cache_write_tokens',
  'completion_tokens',
  'reasoning_tokens',
  'prompt_parts',
  'cost_micro_usd',
  'cost_source',
  'tools_offered',
  'tool_call_count',
  'tool_calls',
  'structured_output',
  'plan',
  'joined',
] as const

/** Columns of attempt_log in the order that `attemptLines` writes them. */
export const ATTEMPT_COLUMNS = [
  'request_id',
  'request_started_at',
  'attempt_index',
  'started_at',
  'endpoint_id',
  'http_status',
  'error_class',
  'finish_reason',
  'time_to_first_token_ms',
  'duration_ms',
  'cost_micro_usd',
  'tool_call_count',
  'tool_calls',
  'structured_output',
] as const

const NULL = '\\N'

/** One line of `COPY request_log` (text format) with its newline: the request and its deciding attempt. */
export function requestLine(record: RequestRecord, ids: CatalogIds): string {
  const deciding = decidingAttempt(record)
  const endpointId = ids.endpointIds[ids.endpointIds.length - 1] ?? 0
  return `${record.id}\t${timestamp(record.startedAtMs)}\t${text(record.source)}\t${text(record.externalId)}\t${record.operation}\t${ids.apiKeyId}\t${ids.appId}\t${ids.useCaseId}\t${ids.presetId}\t${record.presetVersion ?? NULL}\t${ids.modelId}\t${endpointId}\t${text(record.requestedModel)}\t${text(record.endUser)}\t${text(record.sessionId)}\t${record.stream ?? NULL}\t${record.callerKind}\t${record.callerReason}\t${deciding.errorClass ?? NULL}\t${text(record.finishReason)}\t${record.attempts.length}\t${deciding.startedAtMs - record.startedAtMs}\t${deciding.httpStatus ?? NULL}\t${deciding.timeToFirstTokenMs ?? NULL}\t${deciding.durationMs ?? NULL}\t${record.promptTokens ?? NULL}\t${record.cachedTokens ?? NULL}\t${record.cacheWriteTokens ?? NULL}\t${record.completionTokens ?? NULL}\t${record.reasoningTokens ?? NULL}\t${promptParts(record)}\t${record.costMicroUsd ?? NULL}\t${record.costSource ?? NULL}\t${record.toolsOffered ?? NULL}\t${record.toolCalls?.length ?? NULL}\t${toolCalls(record.toolCalls)}\t${structuredOutput(deciding.structuredOutput)}\t${plan(record)}\t${joined(record)}\n`
}

/** The lines of `COPY attempt_log` for the attempts before the deciding one, each with its newline; mostly none. */
export function attemptLines(record: RequestRecord, ids: CatalogIds): string {
  const last = record.attempts.length - 1
  if (last === 0) return ''
  const requestKey = `${record.id}\t${timestamp(record.startedAtMs)}`
  let lines = ''
  for (let index = 0; index < last; index++) {
    const attempt = record.attempts[index]
    if (!attempt) continue
    lines += `${requestKey}\t${index}\t${timestamp(attempt.startedAtMs)}\t${ids.endpointIds[index] ?? 0}\t${attempt.httpStatus ?? NULL}\t${attempt.errorClass ?? NULL}\t${text(attempt.finishReason)}\t${attempt.timeToFirstTokenMs ?? NULL}\t${attempt.durationMs ?? NULL}\t${attempt.costMicroUsd ?? NULL}\t${attempt.toolCalls?.length ?? NULL}\t${toolCalls(attempt.toolCalls)}\t${structuredOutput(attempt.structuredOutput)}\n`
  }
  return lines
}

/** One line of `COPY usage_inbox (subject, bucket, key_id, operation, …USAGE_COLUMNS)`. */
export function usageLine({ subject, bucketMs, keyId, operation, sums }: UsageRow): string {
  let line = `${subject}\t${bucketTimestamp(bucketMs)}\t${keyId}\t${operation}`
  for (let index = 0; index < USAGE_MEASURES.length; index++) line += `\t${sums[index] ?? 0}`
  for (let index = USAGE_MEASURES.length; index < USAGE_COLUMNS.length; index++)
    line += `\t${sums[index] || NULL}`
  return `${line}\n`
}

/** One line of `COPY endpoint_inbox (bucket, endpoint_id, …ENDPOINT_MEASURES, …histograms)`. */
export function endpointLine({ bucketMs, endpointId, sums, histograms }: EndpointRow): string {
  let line = `${bucketTimestamp(bucketMs)}\t${endpointId}\t${sums.join('\t')}`
  for (const histogram of histograms) line += `\t{${histogramEntries(histogram)}}`
  return `${line}\n`
}

/** One line of `COPY model_usage_inbox (dimension, bucket, model_id, key_id, …MODEL_USAGE_MEASURES)`. */
export function modelUsageLine({ dimension, bucketMs, modelId, keyId, sums }: ModelUsageRow): string {
  return `${dimension}\t${bucketTimestamp(bucketMs)}\t${modelId}\t${keyId}\t${sums.requests}\t${sums.agenticRequests}\t${sums.costKnown}\t${sums.promptTokens}\t${sums.completionTokens}\t${sums.agenticTokens}\t${sums.costMicroUsd}\n`
}

/** One line of `COPY tool_inbox (bucket, tool_id, …TOOL_MEASURES)`. */
export function toolLine({ bucketMs, toolId, sums }: ToolRow): string {
  return `${bucketTimestamp(bucketMs)}\t${toolId}\t${sums.join('\t')}\n`
}

/** One line of `COPY session_inbox (…SESSION_COLUMNS)`. */
export function sessionLine(row: SessionRow): string {
  return `${sessionValues(row)}\n`
}

/** One line of `COPY session_inbox (…SESSION_COLUMNS, recount)`. */
export function sessionAmendmentLine({ row, recount }: SessionAmendment): string {
  return `${sessionValues(row)}\t${recount}\n`
}

function sessionValues(row: SessionRow): string {
  return `${text(row.sessionId)}\t${timestamp(row.firstAtMs)}\t${timestamp(row.lastAtMs)}\t${timestamp(row.newestAtMs)}\t${row.turns}\t${row.errors}\t${row.agenticTurns}\t${row.toolCalls}\t${row.costKnown}\t${row.promptTokens}\t${row.completionTokens}\t${row.costMicroUsd}\t${row.appId}\t${row.modelId}`
}

let lastBucketMs = Number.NaN
let lastBucketText = ''

/** `timestamp` of the start of a bucket; rows of a bucket follow each other. */
function bucketTimestamp(bucketMs: number): string {
  if (bucketMs !== lastBucketMs) {
    lastBucketMs = bucketMs
    lastBucketText = timestamp(bucketMs)
  }
  return lastBucketText
}

let lastMinute = Number.NaN
let lastMinuteText = ''

/** ISO text of an epoch-ms time. The minute is remembered: live records share it, and Date is the slow part. */
function timestamp(timeMs: number): string {
  const minute = Math.floor(timeMs / 60_000)
  if (minute !== lastMinute) {
    lastMinute = minute
    lastMinuteText = new Date(minute * 60_000).toISOString().slice(0, 17)
  }
  const ms = timeMs - minute * 60_000
  const seconds = Math.floor(ms / 1000)
  const fraction = ms - seconds * 1000
  return `${lastMinuteText}${seconds < 10 ? '0' : ''}${seconds}.${fraction < 100 ? '0' : ''}${fraction < 10 ? '0' : ''}${fraction}Z`
}

const NEEDS_ESCAPE = /[\\\t\n\r]/
const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

function text(value: string | null): string {
  if (value === null) return NULL
  return NEEDS_ESCAPE.test(value)
    ? value.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character] ?? '')
    : value
}

function toolCalls(calls: ToolCall[] | null): string {
  return calls === null || calls.length === 0 ? NULL : text(JSON.stringify(calls))
}

function structuredOutput(check: OutputCheck | null | undefined): string {
  return check ? text(JSON.stringify(check)) : NULL
}

function plan(record: RequestRecord): string {
  return record.plan === undefined ? NULL : text(JSON.stringify(record.plan))
}

function joined({ joined: names }: RequestRecord): string {
  if (names === undefined || names.length === 0) return NULL
  // An array literal whose elements are quoted as JSON quotes them, but for control characters, which names have not.
  return text(`{${names.map((name) => `"${name.replace(/["\\]/g, '\\$&')}"`)}}`)
}

function promptParts(record: RequestRecord): string {
  const parts = record.promptParts
  return parts === null ? NULL : `{${PROMPT_PARTS.map((part) => parts[part])}}`
}

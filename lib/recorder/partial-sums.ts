import { costOfLastAttempt } from '../records/attempt-costs'
import { contextLengthIndex } from '../records/context-length'
import { isCountedError } from '../records/error-class'
import { isTextOperation } from '../records/operation'
import type { Attempt, RequestRecord } from '../records/request-record'
import { tokensPerSecondOf } from '../records/throughput'
import {
  CALLER_KINDS,
  OPERATIONS,
  type Operation,
  PROMPT_PARTS,
  type ToolVerdict,
} from '../records/vocabulary'
import { finestGranularity, type Horizons } from '../time/horizons'
import { floorToBucket } from '../time/time-buckets'
import type { CatalogIds } from './catalog-ids'
import { histogramBin } from './histogram'
import {
  ENDPOINT_HISTOGRAMS,
  ENDPOINT_MEASURES,
  positions,
  USAGE_COLUMNS,
  USAGE_SUBJECTS,
  type UsageSubjectName,
} from './measures'

const U = positions(USAGE_COLUMNS)
const E = positions(ENDPOINT_MEASURES)
const FIRST_PART = U.system_tokens
/** Position of each operation in OPERATIONS. */
const O = positions(OPERATIONS)

/** What of a record is counted; a rebuild reads just this back from the facts. */
export type CountedRequest = Pick<
  RequestRecord,
  | 'startedAtMs'
  | 'operation'
  | 'stream'
  | 'callerKind'
  | 'promptTokens'
  | 'cachedTokens'
  | 'cacheWriteTokens'
  | 'completionTokens'
  | 'reasoningTokens'
  | 'promptParts'
  | 'costMicroUsd'
  | 'finishReason'
  | 'toolsOffered'
> & {
  /** Null when the log has no tool information. */
  toolCalls: readonly unknown[] | null
  attempts: readonly CountedAttempt[]
}
export type CountedAttempt = Pick<
  Attempt,
  'errorClass' | 'timeToFirstTokenMs' | 'durationMs' | 'finishReason' | 'toolCalls' | 'costMicroUsd'
>

type EndpointSums = { sums: Float64Array; histograms: Map<number, number>[] }
/** Usage is by subject, then by key × number of operations + position of the operation. */
type BucketSums = { usage: Map<number, Float64Array>[]; endpoints: Map<number, EndpointSums> }

/** What a batch adds to every rollup: by start of bucket (epoch ms), then by key. */
export type PartialSums = Map<number, BucketSums>

export type UsageRow = {
  subject: UsageSubjectName
  bucketMs: number
  keyId: number
  operation: Operation
  sums: Float64Array
}
export type EndpointRow = {
  bucketMs: number
  endpointId: number
  sums: Float64Array
  /** In the order of ENDPOINT_HISTOGRAMS. */
  histograms: Map<number, number>[]
}

/**
 * Adds one request and its attempts to a batch's partial sums. All of them are counted in the bucket of the request's
 * start, so that a rebuild of a day needs that day's facts alone.
 */
export function addToPartialSums(
  sums: PartialSums,
  record: CountedRequest,
  ids: CatalogIds,
  horizons: Horizons,
): void {
  const bucketMs = floorToBucket(record.startedAtMs, finestGranularity(record.startedAtMs, horizons))
  let bucket = sums.get(bucketMs)
  if (!bucket) {
    bucket = { usage: USAGE_SUBJECTS.map(() => new Map()), endpoints: new Map() }
    sums.set(bucketMs, bucket)
  }
  addUsage(bucket, usageContribution(record), record, ids)
  for (let index = 0; index < record.attempts.length; index++) {
    const attempt = record.attempts[index]
    if (attempt) addAttempt(bucket, attempt, record, ids.endpointIds[index] ?? 0)
  }
}

/** All usage rows of a batch, one per subject, bucket, key and operation. */
export function* usageRows(partialSums: PartialSums): Generator<UsageRow> {
  for (const [bucketMs, bucket] of partialSums) {
    for (const [index, subject] of USAGE_SUBJECTS.entries()) {
      for (const [row, sums] of bucket.usage[index] ?? []) {
        const operation = OPERATIONS[row % OPERATIONS.length] ?? 'other'
        yield { subject, bucketMs, keyId: Math.floor(row / OPERATIONS.length), operation, sums }
      }
    }
  }
}

/** All endpoint rows of a batch, one per bucket and endpoint. */
export function* endpointRows(sums: PartialSums): Generator<EndpointRow> {
  for (const [bucketMs, bucket] of sums) {
    for (const [endpointId, row] of bucket.endpoints) yield { bucketMs, endpointId, ...row }
  }
}

const contribution = new Float64Array(USAGE_COLUMNS.length)

/** One request as a row of measures. The array is reused: it is added up before the next call. */
function usageContribution(record: CountedRequest): Float64Array {
  const c = contribution.fill(0)
  const errorClass = record.attempts[record.attempts.length - 1]?.errorClass ?? null
  c[U.requests] = 1
  if (errorClass === null) c[U.requests_ok] = 1
  else if (isCountedError(errorClass)) c[U.requests_error] = 1
  if (record.promptTokens !== null || record.completionTokens !== null) c[U.tokens_known] = 1
  c[U.prompt_tokens] = record.promptTokens ?? 0
  c[U.cached_tokens] = record.cachedTokens ?? 0
  c[U.cache_write_tokens] = record.cacheWriteTokens ?? 0
  if (record.cachedTokens !== null) c[U.cache_known_prompt_tokens] = record.promptTokens ?? 0
  c[U.completion_tokens] = record.completionTokens ?? 0
  c[U.reasoning_tokens] = record.reasoningTokens ?? 0
  if (record.reasoningTokens !== null) c[U.reasoning_known_completion_tokens] = record.completionTokens ?? 0
  if (record.costMicroUsd !== null) {
    c[U.cost_known] = 1
    c[U.cost_micro_usd] = record.costMicroUsd
  }
  const totalTokens = totalTokensOf(record)
  if (record.callerKind === 'agentic') {
    c[U.agentic_requests] = 1
    c[U.agentic_tokens] = totalTokens
  } else if (record.callerKind === 'human') {
    c[U.human_requests] = 1
    c[U.human_tokens] = totalTokens
  }
  addToolFunnel(c, record)
  if (record.promptParts) {
    c[U.prompt_parts_known] = 1
    for (let part = 0; part < PROMPT_PARTS.length; part++) {
      c[FIRST_PART + part] = record.promptParts[PROMPT_PARTS[part] ?? 'system']
    }
  }
  return c
}

/** Offered → used → finished by tool call, over requests whose tools are known (design.md §5). */
function addToolFunnel(c: Float64Array, record: CountedRequest): void {
  if (record.toolsOffered === null) return
  c[U.tools_known] = 1
  if (record.finishReason === 'tool_calls') c[U.finished_by_tool_call] = 1
  if (record.toolsOffered === 0) return
  c[U.tools_offered] = 1
  const calls = record.toolCalls?.length ?? 0
  if (calls > 0 || record.finishReason === 'tool_calls') c[U.tools_used] = 1
  c[U.tool_calls] = calls
}

function addUsage(bucket: BucketSums, c: Float64Array, record: CountedRequest, ids: CatalogIds): void {
  const [callerKind, model, provider, app, useCase, apiKey, preset, contextLength] = bucket.usage
  const operation = O[record.operation]
  const rowOf = (keyId: number) => keyId * OPERATIONS.length + operation
  addRow(callerKind, rowOf(CALLER_KINDS.indexOf(record.callerKind)), c)
  addRow(model, rowOf(ids.modelId), c)
  addRow(provider, rowOf(ids.providerId), c)
  addRow(app, rowOf(ids.appId), c)
  addRow(useCase, rowOf(ids.useCaseId), c)
  if (ids.apiKeyId > 0) addRow(apiKey, rowOf(ids.apiKeyId), c)
  if (ids.presetId > 0) addRow(preset, rowOf(ids.presetId), c)
  if (record.promptTokens === null && record.completionTokens === null) return
  addRow(contextLength, rowOf(contextLengthIndex(totalTokensOf(record))), c)
}

function totalTokensOf(record: CountedRequest): number {
  return (record.promptTokens ?? 0) + (record.completionTokens ?? 0)
}

function addRow(rows: Map<number, Float64Array> | undefined, key: number, c: Float64Array): void {
  const row = rows?.get(key)
  if (!row) {
    rows?.set(key, c.slice())
    return
  }
  for (let index = 0; index < c.length; index++) row[index] = (row[index] ?? 0) + (c[index] ?? 0)
}

const VERDICT_MEASURE = {
  valid: E.calls_valid,
  invalid_json: E.calls_invalid_json,
  unknown_name: E.calls_unknown_name,
  schema_mismatch: E.calls_schema_mismatch,
  unknown: E.calls_unknown,
} satisfies Record<ToolVerdict, number>

function addAttempt(
  bucket: BucketSums,
  attempt: CountedAttempt,
  record: CountedRequest,
  endpointId: number,
): void {
  let row = bucket.endpoints.get(endpointId)
  if (!row) {
    row = {
      sums: new Float64Array(ENDPOINT_MEASURES.length),
      histograms: ENDPOINT_HISTOGRAMS.map(() => new Map()),
    }
    bucket.endpoints.set(endpointId, row)
  }
  const { sums, histograms } = row
  increment(sums, E.attempts)
  increment(sums, attempt.errorClass === null ? E.ok : E[attempt.errorClass])
  const isText = isTextOperation(record.operation)
  if (isText) addToolQuality(sums, attempt, record)
  const isDeciding = attempt === record.attempts[record.attempts.length - 1]
  const cost = isDeciding ? costOfLastAttempt(record.costMicroUsd, record.attempts) : attempt.costMicroUsd
  if (cost !== null) increment(sums, E.cost_micro_usd, cost)
  if (isDeciding) {
    increment(sums, E.deciding)
    increment(sums, E.prompt_tokens, record.promptTokens ?? 0)
    increment(sums, E.cached_tokens, record.cachedTokens ?? 0)
    increment(sums, E.completion_tokens, record.completionTokens ?? 0)
    if (record.cachedTokens !== null) increment(sums, E.cache_known_prompt_tokens, record.promptTokens ?? 0)
    if (cost !== null) increment(sums, E.costed_tokens, totalTokensOf(record))
  }
  // Latency and throughput describe answers; a fast refusal must not make a provider look quick.
  if (attempt.errorClass !== null) return
  const [timeToFirstToken, duration, throughput] = histograms
  countValue(duration, attempt.durationMs)
  // Only text comes token by token; an embedding must not make a provider look quick either.
  if (!isText) return
  countValue(timeToFirstToken, attempt.timeToFirstTokenMs)
  if (!isDeciding) return
  const { completionTokens, stream } = record
  const { timeToFirstTokenMs, durationMs } = attempt
  countValue(throughput, tokensPerSecondOf({ completionTokens, stream, timeToFirstTokenMs, durationMs }))
}

function addToolQuality(sums: Float64Array, attempt: CountedAttempt, record: CountedRequest): void {
  const hasFinishedByTool = attempt.finishReason === 'tool_calls'
  if ((record.toolsOffered ?? 0) > 0) {
    increment(sums, E.tools_offered)
    if (hasFinishedByTool) increment(sums, E.tool_call_attempts)
  }
  const calls = attempt.toolCalls
  if (!calls) return
  for (const call of calls) increment(sums, VERDICT_MEASURE[call.verdict])
  if (!hasFinishedByTool) return
  const checked = calls.filter((call) => call.verdict !== 'unknown')
  if (checked.length === 0) return
  increment(sums, E.checked_tool_call_attempts)
  if (checked.some((call) => call.verdict !== 'valid')) increment(sums, E.bad_tool_call_attempts)
}

function increment(sums: Float64Array, measure: number, by = 1): void {
  sums[measure] = (sums[measure] ?? 0) + by
}

function countValue(histogram: Map<number, number> | undefined, value: number | null): void {
  if (value === null || !histogram) return
  const bin = histogramBin(value)
  histogram.set(bin, (histogram.get(bin) ?? 0) + 1)
}

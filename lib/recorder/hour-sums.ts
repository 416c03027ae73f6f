import { floorToBucket, type RollupGrain } from '../platform/time-buckets'
import { TOOL_VERDICTS, type ToolVerdict } from '../records/vocabulary'
import type { CatalogIds } from './catalog-ids'
import type { Horizons } from './horizons'
import { MODEL_USAGE_MEASURES, type ModelDimension, positions, TOOL_MEASURES } from './measures'
import type { CountedRequest } from './partial-sums'

const M = positions(MODEL_USAGE_MEASURES)
const VERDICT = positions(TOOL_VERDICTS)

type ByKey = Map<number, Float64Array>
type BucketSums = { models: Map<number, { app: ByKey; useCase: ByKey }>; tools: ByKey }

/** What a batch adds to the rollups that are kept by hour and coarser: by start of bucket (epoch ms). */
export type HourSums = Map<number, BucketSums>

export type ModelUsageRow = {
  dimension: ModelDimension
  bucketMs: number
  modelId: number
  keyId: number
  sums: Float64Array
}
export type ToolRow = { bucketMs: number; toolId: number; sums: Float64Array }

/** Adds one request to the usage of its model by app and by use case, and the tool calls of all its attempts. */
export function addToHourSums(
  sums: HourSums,
  record: CountedRequest,
  ids: CatalogIds,
  horizons: Horizons,
): void {
  const grain: RollupGrain = record.startedAtMs >= horizons.hourFromMs ? 'hour' : 'day'
  const bucketMs = floorToBucket(record.startedAtMs, grain)
  let bucket = sums.get(bucketMs)
  if (!bucket) {
    bucket = { models: new Map(), tools: new Map() }
    sums.set(bucketMs, bucket)
  }
  let model = bucket.models.get(ids.modelId)
  if (!model) {
    model = { app: new Map(), useCase: new Map() }
    bucket.models.set(ids.modelId, model)
  }
  addModelUsage(rowOf(model.app, ids.appId, MODEL_USAGE_MEASURES.length), record)
  addModelUsage(rowOf(model.useCase, ids.useCaseId, MODEL_USAGE_MEASURES.length), record)
  if (ids.toolIds.length > 0) addToolCalls(bucket.tools, record, ids.toolIds)
}

/** All rows of a batch, one per dimension, bucket, model and key. */
export function* modelUsageRows(sums: HourSums): Generator<ModelUsageRow> {
  for (const [bucketMs, { models }] of sums) {
    for (const [modelId, { app, useCase }] of models) {
      for (const [keyId, row] of app) yield { dimension: 'app', bucketMs, modelId, keyId, sums: row }
      for (const [keyId, row] of useCase) yield { dimension: 'use_case', bucketMs, modelId, keyId, sums: row }
    }
  }
}

/** All rows of a batch, one per bucket and tool. */
export function* toolRows(sums: HourSums): Generator<ToolRow> {
  for (const [bucketMs, { tools }] of sums) {
    for (const [toolId, row] of tools) yield { bucketMs, toolId, sums: row }
  }
}

function rowOf(rows: ByKey, key: number, length: number): Float64Array {
  let row = rows.get(key)
  if (!row) {
    row = new Float64Array(length)
    rows.set(key, row)
  }
  return row
}

function addModelUsage(row: Float64Array, record: CountedRequest): void {
  const promptTokens = record.promptTokens ?? 0
  const completionTokens = record.completionTokens ?? 0
  add(row, M.requests, 1)
  add(row, M.prompt_tokens, promptTokens)
  add(row, M.completion_tokens, completionTokens)
  if (record.callerKind === 'agentic') {
    add(row, M.agentic_requests, 1)
    add(row, M.agentic_tokens, promptTokens + completionTokens)
  }
  if (record.costMicroUsd !== null) {
    add(row, M.cost_known, 1)
    add(row, M.cost_micro_usd, record.costMicroUsd)
  }
}

function addToolCalls(rows: ByKey, record: CountedRequest, toolIds: readonly number[]): void {
  let position = 0
  for (const { toolCalls } of record.attempts) {
    if (!toolCalls) continue
    for (const { verdict } of toolCalls) {
      addVerdict(rowOf(rows, toolIds[position] ?? 0, TOOL_MEASURES.length), verdict)
      position += 1
    }
  }
}

function addVerdict(row: Float64Array, verdict: ToolVerdict): void {
  add(row, VERDICT[verdict], 1)
}

function add(row: Float64Array, measure: number, by: number): void {
  row[measure] = (row[measure] ?? 0) + by
}

import { isTextOperation } from '../records/operation'
import { TOOL_VERDICTS, type ToolVerdict } from '../records/vocabulary'
import type { Horizons } from '../time/horizons'
import { floorToBucket, type RollupGrain } from '../time/time-buckets'
import type { CatalogIds } from './catalog-ids'
import { type ModelDimension, positions, TOOL_MEASURES } from './measures'
import type { CountedRequest } from './partial-sums'

const VERDICT = positions(TOOL_VERDICTS)

/** In the words of MODEL_USAGE_MEASURES. An object: rows are about as many as requests, and few are added to twice. */
type ModelSums = {
  requests: number
  agenticRequests: number
  costKnown: number
  promptTokens: number
  completionTokens: number
  agenticTokens: number
  costMicroUsd: number
}
type ModelsByKey = Map<number, ModelSums>
type BucketSums = {
  models: Map<number, { app: ModelsByKey; useCase: ModelsByKey }>
  tools: Map<number, Float64Array>
}

/** What a batch adds to the rollups that are kept by hour and coarser: by start of bucket (epoch ms). */
export type HourSums = Map<number, BucketSums>

export type ModelUsageRow = {
  dimension: ModelDimension
  bucketMs: number
  modelId: number
  keyId: number
  sums: ModelSums
}
export type ToolRow = { bucketMs: number; toolId: number; sums: Float64Array }

/**
 * Adds one chat or completion to the usage of its model by app and by use case, and the tool calls of all its attempts.
 * Other operations add nothing.
 */
export function addToHourSums(
  sums: HourSums,
  record: CountedRequest,
  ids: CatalogIds,
  horizons: Horizons,
): void {
  if (!isTextOperation(record.operation)) return
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
  addModelUsage(model.app, ids.appId, record)
  addModelUsage(model.useCase, ids.useCaseId, record)
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

/** Sums that take out again what these added. */
export function negatedModelSums(sums: ModelSums): ModelSums {
  return {
    requests: -sums.requests,
    agenticRequests: -sums.agenticRequests,
    costKnown: -sums.costKnown,
    promptTokens: -sums.promptTokens,
    completionTokens: -sums.completionTokens,
    agenticTokens: -sums.agenticTokens,
    costMicroUsd: -sums.costMicroUsd,
  }
}

function addModelUsage(rows: ModelsByKey, keyId: number, record: CountedRequest): void {
  let row = rows.get(keyId)
  if (!row) {
    row = {
      requests: 0,
      agenticRequests: 0,
      costKnown: 0,
      promptTokens: 0,
      completionTokens: 0,
      agenticTokens: 0,
      costMicroUsd: 0,
    }
    rows.set(keyId, row)
  }
  const promptTokens = record.promptTokens ?? 0
  const completionTokens = record.completionTokens ?? 0
  row.requests += 1
  row.promptTokens += promptTokens
  row.completionTokens += completionTokens
  if (record.callerKind === 'agentic') {
    row.agenticRequests += 1
    row.agenticTokens += promptTokens + completionTokens
  }
  if (record.costMicroUsd !== null) {
    row.costKnown += 1
    row.costMicroUsd += record.costMicroUsd
  }
}

function addToolCalls(tools: BucketSums['tools'], record: CountedRequest, toolIds: readonly number[]): void {
  let position = 0
  for (const { toolCalls } of record.attempts) {
    if (!toolCalls) continue
    for (const { verdict } of toolCalls) {
      addVerdict(tools, toolIds[position] ?? 0, verdict)
      position += 1
    }
  }
}

function addVerdict(tools: BucketSums['tools'], toolId: number, verdict: ToolVerdict): void {
  let row = tools.get(toolId)
  if (!row) {
    row = new Float64Array(TOOL_MEASURES.length)
    tools.set(toolId, row)
  }
  row[VERDICT[verdict]] = (row[VERDICT[verdict]] ?? 0) + 1
}

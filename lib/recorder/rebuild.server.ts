import type pg from 'pg'
import { z } from 'zod'
import { AppError } from '../platform/errors'
import {
  CALLER_KINDS,
  ERROR_CLASSES,
  OPERATIONS,
  PROMPT_PARTS,
  type PromptPart,
  TOOL_VERDICTS,
} from '../records/vocabulary'
import { horizonsAt } from '../time/horizons'
import { ceilToBucket, floorToBucket, GRANULARITY_MS } from '../time/time-buckets'
import { type CatalogIds, toolNameOf } from './catalog-ids'
import { readToolIds } from './catalog-ids.server'
import { columnsOf, FAMILIES, ROLLUP_TABLES, type Rollups } from './families'
import { inSnapshot } from './fold-lock.server'
import { isEmptyRow, remakeWeekSql } from './fold-sql'
import { foldAll } from './folder.server'
import type { CountedAttempt, CountedRequest } from './partial-sums'
import { rebuildSessions } from './rebuild-sessions.server'
import { copySums } from './write-batch.server'

/** Requests read and summed at a time. */
const PAGE = 20_000

/** What rebuilding a day did. `changed` is false when the rollups already said what the facts say. */
export type RebuiltDay = { day: string; requests: number; changed: boolean }

/**
 * Recomputes all rollups of the UTC days that `[fromMs, toMs)` touches from their facts, a day a transaction, and the
 * sessions that began in them, all in one; readers see the old sums until the new ones are complete. Traffic recorded
 * meanwhile is neither lost nor counted twice.
 * Throws `conflict` for a day whose facts retention has dropped; that day and those after it stay as they are.
 */
export async function* rebuildRollups(
  client: pg.Client,
  { fromMs, toMs }: { fromMs: number; toMs: number },
): AsyncGenerator<RebuiltDay> {
  const [start, end] = [floorToBucket(fromMs, 'day'), ceilToBucket(toMs, 'day')]
  const changedSessions = await rebuildSessions(client, { fromMs: start, toMs: end })
  for (let dayMs = start; dayMs < end; dayMs += GRANULARITY_MS.day) {
    const rebuilt = await rebuildDay(client, dayMs)
    yield { ...rebuilt, changed: rebuilt.changed || changedSessions.has(rebuilt.day) }
  }
}

/** As `rebuildRollups`, for one UTC day and without its sessions. */
export async function rebuildDay(client: pg.Client, dayMs: number): Promise<RebuiltDay> {
  const day = new Date(dayMs).toISOString().slice(0, 10)
  return await inSnapshot(client, async () => {
    await refuseDroppedDay(client, day)
    await foldAll(client)
    const before = await digest(client, dayMs)
    await deleteRollups(client, dayMs)
    const requests = await sumFacts(client, dayMs)
    await foldAll(client)
    await remakeWeeks(client, dayMs)
    await client.query('UPDATE fact_day SET compacted_attempts = NULL WHERE day = $1', [day])
    return { day, requests, changed: (await digest(client, dayMs)) !== before }
  })
}

async function refuseDroppedDay(client: pg.Client, day: string): Promise<void> {
  const answer = await client.query(
    'SELECT 1 FROM fact_day WHERE day = $1 AND (dropped_at IS NOT NULL OR reopened_at IS NOT NULL)',
    [day],
  )
  if (answer.rowCount === 0) return
  throw new AppError(
    'conflict',
    `The facts of ${day} were dropped by retention; its rollups cannot be rebuilt.`,
  )
}

function dayBounds(dayMs: number): [Date, Date] {
  return [new Date(dayMs), new Date(dayMs + GRANULARITY_MS.day)]
}

async function deleteRollups(client: pg.Client, dayMs: number): Promise<void> {
  for (const { table, grain } of ROLLUP_TABLES) {
    if (grain === 'week') continue
    await client.query(`DELETE FROM ${table} WHERE bucket >= $1 AND bucket < $2`, dayBounds(dayMs))
  }
}

/** Folding added the day to its week a second time; a week is the sum of its days. */
async function remakeWeeks(client: pg.Client, dayMs: number): Promise<void> {
  for (const derived of FAMILIES.flatMap((family) => family.derived)) {
    if (!derived.grains.includes('week')) continue
    const { remove, insert } = remakeWeekSql(derived)
    await client.query(remove, [new Date(dayMs)])
    await client.query(insert, [new Date(dayMs)])
  }
}

/** One value that differs when any rollup row of the day, or of its week, does. */
async function digest(client: pg.Client, dayMs: number): Promise<string> {
  const digests: string[] = []
  for (const { table, grain, rollups } of ROLLUP_TABLES) {
    const bounds =
      grain === 'week'
        ? [new Date(floorToBucket(dayMs, 'week')), new Date(ceilToBucket(dayMs + 1, 'week'))]
        : dayBounds(dayMs)
    const answer = await client.query<{ digest: string }>(
      `SELECT md5(coalesce(string_agg(row::text, '|' ORDER BY row::text), '')) AS digest
       FROM (SELECT ${comparable(rollups)} FROM ${table}
         WHERE bucket >= $1 AND bucket < $2 AND NOT (${isEmptyRow(rollups)})) AS row`,
      bounds,
    )
    digests.push(answer.rows[0]?.digest ?? '')
  }
  return digests.join()
}

/** Two lists of entries may hold the same histogram; compacted they are equal. */
function comparable(rollups: Rollups): string {
  return columnsOf(rollups)
    .map((name) => (rollups.histograms.includes(name) ? `compact_histogram(${name})` : name))
    .join(', ')
}

async function sumFacts(client: pg.Client, dayMs: number): Promise<number> {
  const [, end] = dayBounds(dayMs)
  const horizons = horizonsAt(Date.now())
  const toolIds = await readToolIds(client)
  let after = { startedAt: new Date(dayMs - 1), id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' }
  let total = 0
  for (;;) {
    const page = await readPage({ client, after, end, toolIds })
    await copySums(client, page, horizons)
    total += page.length
    const last = page[page.length - 1]
    if (!last || page.length < PAGE) return total
    after = { startedAt: new Date(last.record.startedAtMs), id: last.id }
  }
}

const nullableInt = z.number().nullable()
const attemptRow = z.object({
  endpoint_id: z.number(),
  error_class: z.enum(ERROR_CLASSES).nullable(),
  finish_reason: z.string().nullable(),
  time_to_first_token_ms: nullableInt,
  duration_ms: nullableInt,
  cost_micro_usd: nullableInt,
  tool_call_count: nullableInt,
  tool_calls: z
    .array(z.object({ name: z.string(), verdict: z.enum(TOOL_VERDICTS), detail: z.string().nullable() }))
    .nullable(),
})
const requestRow = z.object({
  id: z.string(),
  started_at_ms: z.number(),
  operation: z.enum(OPERATIONS),
  api_key_id: z.number(),
  app_id: z.number(),
  use_case_id: z.number(),
  preset_id: z.number(),
  model_id: z.number(),
  provider_id: z.number(),
  stream: z.boolean().nullable(),
  caller_kind: z.enum(CALLER_KINDS),
  finish_reason: z.string().nullable(),
  prompt_tokens: nullableInt,
  cached_tokens: nullableInt,
  cache_write_tokens: nullableInt,
  completion_tokens: nullableInt,
  reasoning_tokens: nullableInt,
  prompt_parts: z.array(z.number()).nullable(),
  cost_micro_usd: nullableInt,
  tools_offered: nullableInt,
  tool_call_count: nullableInt,
  attempts: z.array(attemptRow),
})

type Fact = { id: string; record: CountedRequest; ids: CatalogIds }

async function readPage({
  client,
  after,
  end,
  toolIds,
}: {
  client: pg.Client
  after: { startedAt: Date; id: string }
  end: Date
  toolIds: ReadonlyMap<string, number>
}): Promise<Fact[]> {
  const answer = await client.query(
    `SELECT id, (extract(epoch FROM request.started_at) * 1000)::float8 AS started_at_ms, operation, api_key_id, app_id,
       use_case_id, preset_id, request.model_id, endpoint.provider_id, stream, caller_kind, request.finish_reason,
       prompt_tokens, cached_tokens, cache_write_tokens, completion_tokens, reasoning_tokens, prompt_parts,
       request.cost_micro_usd::float8, tools_offered, request.tool_call_count, attempt.attempts
     FROM (
       SELECT * FROM request_log WHERE (started_at, id) > ($1, $2) AND started_at < $3
       ORDER BY started_at, id LIMIT $4
     ) AS request
     JOIN (SELECT id AS endpoint_id, provider_id FROM endpoint) AS endpoint USING (endpoint_id)
     CROSS JOIN LATERAL (
       SELECT json_agg(attempt ORDER BY attempt_index) AS attempts FROM attempt
       WHERE request_started_at = request.started_at AND request_id = request.id
     ) AS attempt
     ORDER BY request.started_at, id`,
    [after.startedAt, after.id, end, PAGE],
  )
  return z
    .array(requestRow)
    .parse(answer.rows)
    .map((row) => toFact(row, toolIds))
}

function toFact(row: z.infer<typeof requestRow>, toolIds: ReadonlyMap<string, number>): Fact {
  return {
    id: row.id,
    ids: {
      apiKeyId: row.api_key_id,
      modelId: row.model_id,
      appId: row.app_id,
      useCaseId: row.use_case_id,
      presetId: row.preset_id,
      providerId: row.provider_id,
      endpointIds: row.attempts.map((attempt) => attempt.endpoint_id),
      toolIds: row.attempts.flatMap(({ tool_calls }) =>
        (tool_calls ?? []).map(({ name }) => toolIds.get(toolNameOf(name)) ?? 0),
      ),
    },
    record: {
      startedAtMs: row.started_at_ms,
      operation: row.operation,
      stream: row.stream,
      callerKind: row.caller_kind,
      promptTokens: row.prompt_tokens,
      cachedTokens: row.cached_tokens,
      cacheWriteTokens: row.cache_write_tokens,
      completionTokens: row.completion_tokens,
      reasoningTokens: row.reasoning_tokens,
      promptParts: toPromptParts(row.prompt_parts),
      costMicroUsd: row.cost_micro_usd,
      finishReason: row.finish_reason,
      toolsOffered: row.tools_offered,
      toolCalls: row.tool_call_count === null ? null : new Array(row.tool_call_count).fill(null),
      attempts: row.attempts.map(toCountedAttempt),
    },
  }
}

function toCountedAttempt(row: z.infer<typeof attemptRow>): CountedAttempt {
  return {
    errorClass: row.error_class,
    timeToFirstTokenMs: row.time_to_first_token_ms,
    durationMs: row.duration_ms,
    finishReason: row.finish_reason,
    toolCalls: row.tool_call_count === null ? null : (row.tool_calls ?? []),
    costMicroUsd: row.cost_micro_usd,
  }
}

function toPromptParts(parts: number[] | null): Record<PromptPart, number> | null {
  if (parts === null) return null
  // The column holds one number a part, in the order of PROMPT_PARTS.
  return Object.fromEntries(PROMPT_PARTS.map((part, index) => [part, parts[index] ?? 0])) as Record<
    PromptPart,
    number
  >
}

import type pg from 'pg'
import { z } from 'zod'
import type { Attempt, RequestRecord } from '../records/request-record'
import {
  CALLER_KINDS,
  CALLER_REASONS,
  COST_SOURCES,
  ERROR_CLASSES,
  OPERATIONS,
  OUTPUT_VERDICTS,
  PROMPT_PARTS,
  type PromptPart,
  TOOL_VERDICTS,
} from '../records/vocabulary'

/** A request as its fact tells it, and whose key sent it. */
export type StoredRecord = { record: RequestRecord; apiKeyId: number }

const text = z.string().nullable()
const count = z.number().nullable()
const toolCalls = z
  .array(z.object({ name: z.string(), verdict: z.enum(TOOL_VERDICTS), detail: text }))
  .nullable()
const attemptRow = z.object({
  provider: text,
  model: z.string(),
  started_at_ms: z.number(),
  http_status: count,
  error_class: z.enum(ERROR_CLASSES).nullable(),
  finish_reason: text,
  time_to_first_token_ms: count,
  duration_ms: count,
  cost_micro_usd: count,
  tool_call_count: count,
  tool_calls: toolCalls,
  structured_output: z.object({ verdict: z.enum(OUTPUT_VERDICTS), detail: text }).nullable(),
})
const step = z.object({
  model: z.string(),
  provider: z.string(),
  reasons: z.array(z.string()),
  amendments: z.array(z.string()).optional(),
})
const requestRow = z.object({
  id: z.string(),
  started_at_ms: z.number(),
  source: z.string(),
  external_id: z.string(),
  operation: z.enum(OPERATIONS),
  api_key_id: z.number(),
  app: text,
  use_case: text,
  preset: text,
  preset_version: count,
  model: z.string(),
  requested_model: text,
  end_user: text,
  session_id: text,
  stream: z.boolean().nullable(),
  caller_kind: z.enum(CALLER_KINDS),
  caller_reason: z.enum(CALLER_REASONS),
  finish_reason: text,
  prompt_tokens: count,
  cached_tokens: count,
  cache_write_tokens: count,
  completion_tokens: count,
  reasoning_tokens: count,
  prompt_parts: z.array(z.number()).nullable(),
  cost_micro_usd: count,
  cost_source: z.enum(COST_SOURCES).nullable(),
  tools_offered: count,
  tool_call_count: count,
  tool_calls: toolCalls,
  plan: z.object({ steps: z.array(step), excluded: z.array(step) }).nullable(),
  joined: z.array(z.string()).nullable(),
  attempts: z.tuple([attemptRow]).rest(attemptRow),
})

/** `wanted` is a query of whole rows of request_log. */
const readSql = (wanted: string) => `
SELECT request.*, (extract(epoch FROM started_at) * 1000)::float8 AS started_at_ms,
  cost_micro_usd::float8 AS cost_micro_usd,
  (SELECT slug FROM model WHERE id = model_id) AS model,
  (SELECT slug FROM app WHERE id = nullif(app_id, 0)) AS app,
  (SELECT slug FROM use_case WHERE id = nullif(use_case_id, 0)) AS use_case,
  (SELECT slug FROM preset_name WHERE id = nullif(preset_id, 0)) AS preset,
  (
    SELECT json_agg(told ORDER BY attempt_index) FROM (
      SELECT attempt.*, (extract(epoch FROM attempt.started_at) * 1000)::float8 AS started_at_ms,
        (SELECT slug FROM provider WHERE id = nullif(endpoint.provider_id, 0)) AS provider,
        (SELECT slug FROM model WHERE id = endpoint.model_id) AS model
      FROM attempt JOIN endpoint ON endpoint.id = attempt.endpoint_id
      WHERE request_started_at = request.started_at AND request_id = request.id
    ) AS told
  ) AS attempts
FROM (${wanted}) AS request`

const OF_IDS = readSql(
  `SELECT found.* FROM unnest($1::uuid[]) AS wanted (id)
   CROSS JOIN LATERAL (SELECT * FROM request_log WHERE request_log.id = wanted.id OFFSET 0) AS found`,
)

/** The stored records of these ids, by id; ids without a fact are left out. */
export async function readStored(
  client: pg.ClientBase,
  ids: readonly string[],
): Promise<Map<string, StoredRecord>> {
  const found = new Map<string, StoredRecord>()
  if (ids.length === 0) return found
  const answer = await client.query(OF_IDS, [ids])
  for (const row of z.array(requestRow).parse(answer.rows)) found.set(row.id, toStored(row))
  return found
}

function toStored(row: z.infer<typeof requestRow>): StoredRecord {
  const [first, ...rest] = row.attempts
  const toOwn = (attempt: z.infer<typeof attemptRow>) => toAttempt(attempt, row.model)
  return {
    apiKeyId: row.api_key_id,
    record: {
      id: row.id,
      source: row.source,
      externalId: row.external_id,
      startedAtMs: row.started_at_ms,
      operation: row.operation,
      app: row.app,
      endUser: row.end_user,
      sessionId: row.session_id,
      requestedModel: row.requested_model,
      model: row.model,
      preset: row.preset,
      presetVersion: row.preset_version,
      useCase: row.use_case,
      stream: row.stream,
      callerKind: row.caller_kind,
      callerReason: row.caller_reason,
      promptTokens: row.prompt_tokens,
      cachedTokens: row.cached_tokens,
      cacheWriteTokens: row.cache_write_tokens,
      completionTokens: row.completion_tokens,
      reasoningTokens: row.reasoning_tokens,
      promptParts: toPromptParts(row.prompt_parts),
      costMicroUsd: row.cost_micro_usd,
      costSource: row.cost_source,
      finishReason: row.finish_reason,
      toolsOffered: row.tools_offered,
      toolCalls: row.tool_call_count === null ? null : (row.tool_calls ?? []),
      attempts: [toOwn(first), ...rest.map(toOwn)],
      ...(row.plan === null ? {} : { plan: row.plan }),
      ...(row.joined === null ? {} : { joined: row.joined }),
    },
  }
}

function toAttempt(row: z.infer<typeof attemptRow>, model: string): Attempt {
  return {
    provider: row.provider,
    ...(row.model === model ? {} : { model: row.model }),
    startedAtMs: row.started_at_ms,
    httpStatus: row.http_status,
    errorClass: row.error_class,
    timeToFirstTokenMs: row.time_to_first_token_ms,
    durationMs: row.duration_ms,
    finishReason: row.finish_reason,
    toolCalls: row.tool_call_count === null ? null : (row.tool_calls ?? []),
    structuredOutput: row.structured_output,
    costMicroUsd: row.cost_micro_usd,
  }
}

/** A record's parts in the order of PROMPT_PARTS, as the column holds them; null when unseen. */
function toPromptParts(parts: number[] | null): Record<PromptPart, number> | null {
  if (parts === null) return null
  const entries = PROMPT_PARTS.map((part, index) => [part, parts[index] ?? 0])
  // The column holds one number a part.
  return Object.fromEntries(entries) as Record<PromptPart, number>
}

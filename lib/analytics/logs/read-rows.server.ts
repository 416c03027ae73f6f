import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { db } from '../../platform/db.server'
import { tokensPerSecondOf } from '../../records/throughput'
import { CALLER_KINDS, ERROR_CLASSES, OPERATIONS } from '../../records/vocabulary'
import { BAD_VERDICTS } from '../../trials/call-outcome'
import { toRequestRef } from './request-ref'
import type { RequestKey } from './scan-facts.server'
import type { LogRow } from './schema'

const text = z.string().nullable()
const number = z.number().nullable()
const earlierAttempt = z.object({
  provider: text,
  providerName: text,
  model: z.string(),
  errorClass: z.enum(ERROR_CLASSES).nullable(),
  httpStatus: number,
})
const factRow = z.object({
  id: z.string(),
  started_at: z.date(),
  operation: z.enum(OPERATIONS),
  model: z.string(),
  provider: text,
  provider_name: text,
  attempt_count: z.number(),
  earlier_attempts: z.array(earlierAttempt).nullable(),
  error_class: z.enum(ERROR_CLASSES).nullable(),
  http_status: number,
  caller_kind: z.enum(CALLER_KINDS),
  prompt_tokens: number,
  cached_tokens: number,
  completion_tokens: number,
  reasoning_tokens: number,
  cost_micro_usd: number,
  deciding_after_ms: z.number(),
  time_to_first_token_ms: number,
  duration_ms: number,
  finish_reason: text,
  tools_offered: number,
  tool_call_count: number,
  bad_tool_calls: z.number(),
  app: text,
  api_key: text,
  preset: text,
  preset_version: number,
  use_case: text,
  session_id: text,
  stream: z.boolean().nullable(),
})

/** Requests by their keys, newest first. A key whose facts were dropped meanwhile is left out. */
export async function readRows(keys: readonly RequestKey[]): Promise<LogRow[]> {
  if (keys.length === 0) return []
  const startedAt = keys.map((key) => key.startedAtMs)
  const [first, last] = [new Date(Math.min(...startedAt)), new Date(Math.max(...startedAt))]
  const rows = await db().$queryRaw(Prisma.sql`
    SELECT request.id::text, request.started_at, request.operation::text, name.slug AS model, ${named('provider')} AS provider, ${PROVIDER_NAME} AS provider_name,
      attempt_count,
      CASE WHEN attempt_count > 1 THEN ${earlierAttempts(first, last)} END AS earlier_attempts, error_class::text, http_status,
      caller_kind::text, prompt_tokens, cached_tokens, completion_tokens, reasoning_tokens, cost_micro_usd::float8,
      deciding_after_ms, time_to_first_token_ms, duration_ms, finish_reason, tools_offered, tool_call_count,
      ${BAD_TOOL_CALLS} AS bad_tool_calls, ${named('app')} AS app, api_key.name AS api_key, preset_name.slug AS preset,
      preset_version, ${named('use_case')} AS use_case, session_id, stream
    FROM unnest(${startedAt}::float8[], ${keys.map((key) => key.id)}::uuid[]) AS wanted (started_ms, id)
      CROSS JOIN LATERAL (
        SELECT * FROM request_log
        WHERE started_at = to_timestamp(started_ms / 1000) AND request_log.id = wanted.id
          AND started_at BETWEEN ${first} AND ${last}
      ) AS request
      JOIN model AS own ON own.id = request.model_id
      JOIN model AS name ON name.id = coalesce(own.alias_of, own.id)
      JOIN endpoint ON endpoint.id = request.endpoint_id
      JOIN provider ON provider.id = endpoint.provider_id
      JOIN app ON app.id = request.app_id
      LEFT JOIN use_case ON use_case.id = request.use_case_id
      LEFT JOIN preset_name ON preset_name.id = request.preset_id
      LEFT JOIN api_key ON api_key.id = request.api_key_id
    ORDER BY request.started_at DESC, request.id DESC`)
  return z.array(factRow).parse(rows).map(toRow)
}

/** Id 0 stands for what the log does not name. */
function named(table: 'provider' | 'app' | 'use_case'): Prisma.Sql {
  return Prisma.raw(`CASE WHEN ${table}.id <> 0 THEN ${table}.slug END`)
}

const PROVIDER_NAME = Prisma.sql`CASE WHEN provider.id <> 0 THEN coalesce(provider.name, provider.slug) END`

const BAD_TOOL_CALLS = Prisma.sql`(
  SELECT count(*)::int FROM jsonb_array_elements(tool_calls) AS call WHERE call->>'verdict' = ANY(${[...BAD_VERDICTS]}))`

/** First and last start of the requests: they tell the planner which partitions to look at. */
const earlierAttempts = (first: Date, last: Date) => Prisma.sql`(
  SELECT jsonb_agg(jsonb_build_object('provider', CASE WHEN asked.id <> 0 THEN asked.slug END,
    'providerName', CASE WHEN asked.id <> 0 THEN coalesce(asked.name, asked.slug) END, 'model', served.slug,
    'errorClass', earlier.error_class, 'httpStatus', earlier.http_status) ORDER BY attempt_index)
  FROM attempt_log AS earlier JOIN endpoint AS tried ON tried.id = earlier.endpoint_id
    JOIN provider AS asked ON asked.id = tried.provider_id JOIN model AS served ON served.id = tried.model_id
  WHERE earlier.request_started_at = request.started_at AND earlier.request_id = request.id
    AND earlier.request_started_at BETWEEN ${first} AND ${last})`

function toRow(fact: z.infer<typeof factRow>): LogRow {
  const startedAtMs = fact.started_at.getTime()
  return {
    ref: toRequestRef({ startedAtMs, id: fact.id }),
    startedAt: fact.started_at.toISOString(),
    operation: fact.operation,
    model: fact.model,
    provider: fact.provider,
    providerName: fact.provider_name,
    attempts: fact.attempt_count,
    earlierAttempts: fact.earlier_attempts ?? [],
    errorClass: fact.error_class,
    httpStatus: fact.http_status,
    callerKind: fact.caller_kind,
    promptTokens: fact.prompt_tokens,
    cachedTokens: fact.cached_tokens,
    completionTokens: fact.completion_tokens,
    reasoningTokens: fact.reasoning_tokens,
    costUsd: fact.cost_micro_usd === null ? null : fact.cost_micro_usd / 1e6,
    latencyMs: fact.time_to_first_token_ms,
    durationMs: fact.duration_ms,
    totalMs: fact.duration_ms === null ? null : fact.deciding_after_ms + fact.duration_ms,
    tokensPerSecond: tokensPerSecondOf({
      completionTokens: fact.completion_tokens,
      stream: fact.stream,
      timeToFirstTokenMs: fact.time_to_first_token_ms,
      durationMs: fact.duration_ms,
    }),
    finishReason: fact.finish_reason,
    toolsOffered: fact.tools_offered,
    toolCalls: fact.tool_call_count,
    badToolCalls: fact.bad_tool_calls,
    app: fact.app,
    key: fact.api_key,
    preset: fact.preset,
    presetVersion: fact.preset_version,
    useCase: fact.use_case,
    sessionId: fact.session_id,
    stream: fact.stream,
  }
}

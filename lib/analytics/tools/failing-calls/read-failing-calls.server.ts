import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { db } from '../../../platform/db.server'
import { resolveWindow } from '../../../time/window'
import { toCursor } from '../../logs/cursor'
import type { AttemptConditions } from '../../logs/evidence'
import { matchAttempt } from '../../logs/match-facts.server'
import { toRequestRef } from '../../logs/request-ref'
import { resolveFilter } from '../../logs/resolve-filter.server'
import type { RequestKey } from '../../logs/scan-facts.server'
import { searchFacts } from '../../logs/search-facts.server'
import { BAD_CALL_CLASSES } from '../bad-calls'
import type { FailingCall, FailingCallsAnswer, FailingCallsQuery } from './schema'

const callRow = z.object({
  id: z.string(),
  started_at: z.date(),
  attempt_index: z.number(),
  call_index: z.number(),
  is_deciding: z.boolean(),
  model: z.string(),
  provider: z.string().nullable(),
  tool: z.string(),
  verdict: z.enum(BAD_CALL_CLASSES),
  detail: z.string().nullable(),
})

/**
 * The newest bad tool calls, each with what was wrong with it, also of attempts that failover hid. Finds requests as
 * Logs does, rollups first, so the cost does not grow with the facts there are.
 */
export async function readFailingCalls(query: FailingCallsQuery, nowMs: number): Promise<FailingCallsAnswer> {
  const { model, provider, app, tool, verdict, cursor, limit } = query
  const window = resolveWindow(query, nowMs)
  const conditions = await resolveFilter({ model, provider, app, tool, verdict: verdict ?? 'bad' })
  const { keys, next } =
    conditions === null
      ? { keys: [], next: null }
      : await searchFacts({ window, conditions, after: cursor ?? null, limit, nowMs })
  const rows = conditions?.attempt ? await readCalls(keys, conditions.attempt) : []
  return {
    from: new Date(window.fromMs).toISOString(),
    to: new Date(window.toMs).toISOString(),
    rows,
    cursor: next === null ? null : toCursor(next),
  }
}

/**
 * The calls of some requests that the conditions are about; a request whose facts were dropped meanwhile has none. The
 * outer bounds spare Postgres all other days while it plans, and OFFSET 0 keeps it from hashing whole days of facts
 * instead of looking up the few that are wanted.
 */
async function readCalls(keys: readonly RequestKey[], wanted: AttemptConditions): Promise<FailingCall[]> {
  if (keys.length === 0) return []
  const startedAt = keys.map((key) => key.startedAtMs)
  const verdicts = BAD_CALL_CLASSES.filter((name) => wanted.verdict === 'bad' || wanted.verdict === name)
  const rows = await db().$queryRaw(Prisma.sql`
    SELECT attempt.request_id::text AS id, attempt.request_started_at AS started_at, attempt.attempt_index,
      (call.position - 1)::int AS call_index, attempt.is_deciding, name.slug AS model,
      CASE WHEN provider.id <> 0 THEN provider.slug END AS provider, call.value->>'name' AS tool,
      call.value->>'verdict' AS verdict, call.value->>'detail' AS detail
    FROM unnest(${startedAt}::float8[], ${keys.map((key) => key.id)}::uuid[])
        AS wanted (started_ms, id)
      CROSS JOIN LATERAL (
        SELECT * FROM attempt
        WHERE request_started_at = to_timestamp(started_ms / 1000) AND request_id = wanted.id
          AND request_started_at BETWEEN ${new Date(Math.min(...startedAt))} AND ${new Date(Math.max(...startedAt))}
        OFFSET 0
      ) AS attempt
      CROSS JOIN LATERAL jsonb_array_elements(attempt.tool_calls) WITH ORDINALITY AS call (value, position)
      JOIN endpoint ON endpoint.id = attempt.endpoint_id
      JOIN provider ON provider.id = endpoint.provider_id
      JOIN model AS own ON own.id = endpoint.model_id
      JOIN model AS name ON name.id = coalesce(own.alias_of, own.id)
    WHERE ${matchAttempt(wanted, 'attempt')} AND call.value->>'verdict' = ANY (${verdicts})
      ${wanted.tool === null ? Prisma.empty : Prisma.sql`AND call.value->>'name' = ${wanted.tool.name}`}
    ORDER BY attempt.request_started_at DESC, attempt.request_id DESC, attempt.attempt_index, call.position`)
  return z
    .array(callRow)
    .parse(rows)
    .map((row) => ({
      ref: toRequestRef({ startedAtMs: row.started_at.getTime(), id: row.id }),
      startedAt: row.started_at.toISOString(),
      attemptIndex: row.attempt_index,
      callIndex: row.call_index,
      isDeciding: row.is_deciding,
      model: row.model,
      provider: row.provider,
      tool: row.tool,
      verdict: row.verdict,
      detail: row.detail,
    }))
}

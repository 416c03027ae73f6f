import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { alignToHours, modelUsageSource } from '../analytics/model-usage-source.server'
import { providerSource } from '../analytics/provider-source.server'
import { toolSource } from '../analytics/tool-source.server'
import { db } from '../platform/db.server'
import { MODEL_DIMENSIONS } from '../recorder/measures'
import { alignWindow } from '../time/cover'
import { horizonsAt } from '../time/horizons'
import type { TimeWindow } from '../time/window'

const rows = z.array(z.record(z.string(), z.unknown()))

/**
 * What the rollups of the agent panels say about one run, whose models, providers and tools begin with its name: by
 * provider (added up from weeks and again from days), by model and app or use case, by tool.
 */
export async function readPanelRollups({
  run,
  window,
  nowMs,
}: {
  run: string
  window: TimeWindow
  nowMs: number
}) {
  const aligned = [alignWindow(window, horizonsAt(nowMs))]
  const hours = [alignToHours(window, horizonsAt(nowMs))]
  const isOfRun = Prisma.sql`LIKE ${`${run}/%`}`
  const providers = async (coarsest: 'week' | 'day') =>
    rows.parse(
      await db().$queryRaw`
        SELECT provider.slug AS provider, sum(attempts)::int AS attempts, sum(ok)::int AS ok,
          sum(deciding)::int AS deciding, sum(timeout)::int AS timeout,
          sum(prompt_tokens)::float8 AS "promptTokens",
          compact_histogram(concat_histograms(time_to_first_token_ms))::float8[] AS "firstToken"
        FROM ${providerSource({
          windows: aligned,
          columns: ['attempts', 'ok', 'deciding', 'timeout', 'prompt_tokens', 'time_to_first_token_ms'],
          coarsest,
        })} AS source JOIN provider ON provider.id = provider_id
        WHERE provider.slug ${isOfRun} GROUP BY 1 ORDER BY provider.slug COLLATE "C"`,
    )
  const models = MODEL_DIMENSIONS.map(
    (dimension) => Prisma.sql`
      SELECT ${dimension} AS dimension, model.slug AS model, coalesce(name.slug, 'missing') AS key,
        sum(requests)::int AS requests, sum(agentic_requests)::int AS agentic, sum(cost_known)::int AS "costKnown",
        sum(prompt_tokens + completion_tokens)::float8 AS tokens, sum(agentic_tokens)::float8 AS "agenticTokens",
        sum(cost_micro_usd)::float8 AS "costMicroUsd"
      FROM ${modelUsageSource({
        dimension,
        windows: hours,
        measures: [
          'requests',
          'agentic_requests',
          'cost_known',
          'prompt_tokens',
          'completion_tokens',
          'agentic_tokens',
          'cost_micro_usd',
        ],
      })} AS source JOIN model ON model.id = model_id LEFT JOIN ${Prisma.raw(dimension)} AS name ON name.id = key_id
      WHERE model.slug ${isOfRun} GROUP BY 1, 2, 3`,
  )
  return {
    providersByWeek: await providers('week'),
    providersByDay: await providers('day'),
    models: rows.parse(
      await db().$queryRaw`
        SELECT * FROM (${Prisma.join(models, ' UNION ALL ')}) AS models
        ORDER BY dimension, model COLLATE "C", key COLLATE "C"`,
    ),
    tools: rows.parse(
      await db().$queryRaw`
        SELECT tool.name AS tool, sum(calls_valid)::int AS valid, sum(calls_invalid_json)::int AS invalid_json,
          sum(calls_unknown_name)::int AS unknown_name, sum(calls_schema_mismatch)::int AS schema_mismatch,
          sum(calls_unknown)::int AS unknown
        FROM ${toolSource({ windows: hours })} AS source JOIN tool ON tool.id = tool_id
        WHERE tool.name ${isOfRun} GROUP BY 1 ORDER BY tool.name COLLATE "C"`,
    ),
  }
}

/** The sessions of a run, whose ids begin with its name. */
export async function readSessions(run: string) {
  return rows.parse(
    await db().$queryRaw`
      SELECT session_id AS session, first_at AS "firstAt", last_at AS "lastAt", newest_at AS "newestAt", turns, errors,
        agentic_turns AS "agenticTurns", tool_calls AS "toolCalls", cost_known AS "costKnown",
        (prompt_tokens + completion_tokens)::float8 AS tokens, cost_micro_usd::float8 AS "costMicroUsd"
      FROM session WHERE session_id LIKE ${`${run}/%`} ORDER BY session_id COLLATE "C"`,
  )
}

import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { db } from '../../platform/db.server'
import { histogramQuantile } from '../../recorder/histogram'
import { isCountedError } from '../../records/error-class'
import { ERROR_CLASSES } from '../../records/vocabulary'
import { toolCallErrorRateOf, uptimeOf } from '../endpoint-health/derive-health'
import type { TimeWindow } from '../window'
import type { ModelHealth } from './list-models'

const COUNTED_ERRORS = Prisma.raw(ERROR_CLASSES.filter(isCountedError).join(' + '))

const healthRow = z.object({
  model_id: z.number(),
  attempts: z.number(),
  ok: z.number(),
  counted_errors: z.number(),
  checked: z.number(),
  bad: z.number(),
  first_token: z.array(z.number()),
})

/** How the attempts of each model went between two days (whole UTC days), all its providers and other names together. */
export async function readModelHealth(window: TimeWindow): Promise<Map<number, ModelHealth>> {
  const columns = Prisma.sql`endpoint_id, attempts, ok, ${COUNTED_ERRORS} AS counted_errors,
    checked_tool_call_attempts AS checked, bad_tool_call_attempts AS bad, time_to_first_token_ms`
  const isInside = Prisma.sql`bucket >= ${new Date(window.fromMs)} AND bucket < ${new Date(window.toMs)}`
  const rows = await db().$queryRaw(Prisma.sql`
    WITH source AS MATERIALIZED (
      SELECT coalesce(model.alias_of, model.id) AS model_id, rows.*
      FROM (
        SELECT ${columns} FROM endpoint_day WHERE ${isInside}
        UNION ALL SELECT ${columns} FROM endpoint_inbox WHERE ${isInside}
      ) AS rows JOIN endpoint ON endpoint.id = rows.endpoint_id JOIN model ON model.id = endpoint.model_id
    ),
    counts AS (
      SELECT model_id, sum(attempts)::float8 AS attempts, sum(ok)::float8 AS ok,
        sum(counted_errors)::float8 AS counted_errors, sum(checked)::float8 AS checked, sum(bad)::float8 AS bad
      FROM source GROUP BY model_id
    ),
    first_token AS (
      SELECT model_id, array_agg((bin << 40 | hits)::float8) AS entries FROM (
        SELECT model_id, entry >> 40 AS bin, sum(entry & ((1::bigint << 40) - 1))::bigint AS hits
        FROM source, unnest(time_to_first_token_ms) AS entry GROUP BY 1, 2
      ) AS bins GROUP BY model_id
    )
    SELECT counts.*, coalesce(first_token.entries, '{}') AS first_token
    FROM counts LEFT JOIN first_token USING (model_id)`)
  return new Map(
    z
      .array(healthRow)
      .parse(rows)
      .map((row) => [
        row.model_id,
        {
          uptime: uptimeOf({ attempts: row.attempts, ok: row.ok, countedErrors: row.counted_errors }),
          latencyMsP50: histogramQuantile(row.first_token, 0.5),
          toolCallErrorRate: toolCallErrorRateOf({
            checkedToolCallAttempts: row.checked,
            badToolCallAttempts: row.bad,
          }),
        },
      ]),
  )
}

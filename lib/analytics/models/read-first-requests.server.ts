import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { db } from '../../platform/db.server'

const firstRow = z.object({ model_id: z.number(), first: z.date() })

/**
 * When each model's first request started, to the UTC day (epoch ms), by id; other names count as their model, models
 * without a request are missing. One index probe a model, and what waits to be folded.
 */
export async function readFirstRequests(): Promise<Map<number, number>> {
  const rows = await db().$queryRaw(Prisma.sql`
    WITH waiting AS (
      SELECT key_id, min(bucket) AS bucket FROM usage_inbox WHERE subject = 'model' GROUP BY key_id
    )
    SELECT model_id, date_bin('1 day', first, 'epoch') AS first FROM (
      SELECT coalesce(model.alias_of, model.id) AS model_id, min(least(waiting.bucket, folded.bucket)) AS first
      FROM model
      LEFT JOIN waiting ON waiting.key_id = model.id
      LEFT JOIN LATERAL (
        SELECT bucket FROM usage_day WHERE subject = 'model' AND key_id = model.id ORDER BY bucket LIMIT 1
      ) AS folded ON true
      GROUP BY 1
    ) AS firsts WHERE first IS NOT NULL`)
  return new Map(
    z
      .array(firstRow)
      .parse(rows)
      .map((row) => [row.model_id, row.first.getTime()]),
  )
}

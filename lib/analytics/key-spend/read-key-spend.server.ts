import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { db } from '../../platform/db.server'
import { alignWindow } from '../../time/cover'
import { horizonsAt } from '../../time/horizons'
import { floorToBucket, GRANULARITY_MS } from '../../time/time-buckets'
import type { TimeWindow } from '../../time/window'
import { usageSource } from '../usage-source.server'
import type { KeySpend } from './key-spend'

const spendRow = z.object({ window_index: z.number(), cost_micro_usd: z.number() })

/** The spend of one API key, or of everybody (null), on all operations; costs that nobody knows count nothing. */
export async function readKeySpend(apiKeyId: number | null, nowMs: number): Promise<KeySpend> {
  const horizons = horizonsAt(nowMs)
  const toMs = nowMs + GRANULARITY_MS.minute
  const windowFrom = (fromMs: number): TimeWindow => alignWindow({ fromMs, toMs }, horizons)
  const now = new Date(nowMs)
  const windows = [
    windowFrom(0),
    windowFrom(floorToBucket(nowMs, 'day')),
    windowFrom(floorToBucket(nowMs, 'week')),
    windowFrom(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1)),
  ]
  const source = usageSource({
    subject: apiKeyId === null ? 'caller_kind' : 'api_key',
    operations: 'all',
    windows,
    measures: ['cost_micro_usd'],
  })
  const ofKey = apiKeyId === null ? Prisma.empty : Prisma.sql`WHERE key_id = ${apiKeyId}`
  const rows = await db().$queryRaw(Prisma.sql`
    SELECT window_index, sum(cost_micro_usd)::float8 AS cost_micro_usd
    FROM ${source} AS source ${ofKey} GROUP BY window_index`)
  const spend = new Map(
    z
      .array(spendRow)
      .parse(rows)
      .map((row) => [row.window_index, row.cost_micro_usd]),
  )
  const [total = 0, day = 0, week = 0, month = 0] = windows.map((_, index) => spend.get(index) ?? 0)
  return { total, day, week, month }
}

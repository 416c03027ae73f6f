import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { LEAST_ATTEMPTS } from '../health/derive-health'
import { db } from '../platform/db.server'
import { floorToBucket, GRANULARITY_MS } from '../time/time-buckets'

const HOUR_MS = GRANULARITY_MS.hour

const hitRow = z.object({ endpoint_id: z.number(), share: z.number() })

export type RecentCacheHits = {
  /** Reads the last hour. Throws what Postgres says. */
  read: (nowMs: number) => Promise<void>
  /** Cached ÷ prompt tokens, 0–1, as last read; null under 20 answers and where no provider tells. */
  of: (endpointId: number) => number | null
}

/** How much of their prompts the endpoints that the gateway may use had kept, over the last hour. */
export function createRecentCacheHits(): RecentCacheHits {
  let shares: ReadonlyMap<number, number> = new Map()
  return {
    read: async (nowMs) => {
      const rows = await readShares(nowMs)
      shares = new Map(rows.map(({ endpoint_id, share }) => [endpoint_id, share]))
    },
    of: (endpointId) => shares.get(endpointId) ?? null,
  }
}

async function readShares(nowMs: number): Promise<z.infer<typeof hitRow>[]> {
  const from = new Date(floorToBucket(nowMs, 'minute') - HOUR_MS)
  const read = (table: 'endpoint_minute' | 'endpoint_inbox') => Prisma.sql`
    SELECT endpoint_id, deciding, cached_tokens, cache_known_prompt_tokens FROM ${Prisma.raw(table)}
    WHERE bucket >= ${from} AND endpoint_id IN (SELECT id FROM endpoint WHERE enabled)`
  const rows = await db().$queryRaw(Prisma.sql`
    SELECT endpoint_id, (sum(cached_tokens) / sum(cache_known_prompt_tokens))::float8 AS share
    FROM (${read('endpoint_minute')} UNION ALL ${read('endpoint_inbox')}) AS source GROUP BY endpoint_id
    HAVING sum(cache_known_prompt_tokens) > 0 AND sum(deciding) >= ${LEAST_ATTEMPTS}`)
  return z.array(hitRow).parse(rows)
}

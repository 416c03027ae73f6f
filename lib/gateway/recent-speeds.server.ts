import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { percentilesOf } from '../health/derive-health'
import type { EndpointHealth } from '../health/endpoint-health'
import { db } from '../platform/db.server'
import { floorToBucket, GRANULARITY_MS } from '../time/time-buckets'

const MINUTE_MS = GRANULARITY_MS.minute
/** Minutes that percentiles are told over, the running one included. */
const KEPT_MINUTES = 5
/** Minutes that are read again each time: requests count in the minute they began, and most end within the next. */
const RECENT_MINUTES = 2
/** All are read again this often, for requests that took longer. */
const READ_ALL_MS = 30_000

/** Histograms as Postgres writes them, `{entry,entry}`; most are never looked at, so they are parsed when asked for. */
type Histograms = { firstToken: string; throughput: string }
type Speeds = Pick<EndpointHealth, 'latencyMs' | 'tokensPerSecond'>

const speedRow = z.object({
  minute: z.number(),
  endpoint_id: z.number(),
  first_token: z.string(),
  throughput: z.string(),
})

export type RecentSpeeds = {
  /** Reads the minutes that can have changed, or all five. Throws what Postgres says. */
  read: (options: { nowMs: number; isAllWanted: boolean }) => Promise<void>
  /** Percentiles of an endpoint over the last five minutes as last read; null without data. */
  of: (endpointId: number) => Speeds
}

/** How fast the endpoints that the gateway may use were in the last five minutes, kept minute by minute. */
export function createRecentSpeeds(): RecentSpeeds {
  const minutes = new Map<number, Map<number, Histograms>>()
  const told = new Map<number, Speeds>()
  let readAllAtMs = Number.NEGATIVE_INFINITY

  return {
    read: async ({ nowMs, isAllWanted }) => {
      const isAll = isAllWanted || nowMs - readAllAtMs >= READ_ALL_MS
      const toMs = floorToBucket(nowMs, 'minute') + MINUTE_MS
      const rows = await readHistograms(toMs - (isAll ? KEPT_MINUTES : RECENT_MINUTES) * MINUTE_MS, toMs)
      for (const minuteMs of minutes.keys()) {
        const isKept = minuteMs >= toMs - KEPT_MINUTES * MINUTE_MS && minuteMs < toMs
        if (!isKept || isAll) minutes.delete(minuteMs)
      }
      for (let back = 1; back <= RECENT_MINUTES; back++) minutes.delete(toMs - back * MINUTE_MS)
      for (const { minute, endpoint_id, first_token, throughput } of rows) {
        const ofMinute = minutes.get(minute * MINUTE_MS) ?? new Map<number, Histograms>()
        minutes.set(minute * MINUTE_MS, ofMinute)
        ofMinute.set(endpoint_id, { firstToken: first_token, throughput })
      }
      if (isAll) readAllAtMs = nowMs
      told.clear()
    },
    of: (endpointId) => {
      const known = told.get(endpointId)
      if (known) return known
      const all = [...minutes.values()].flatMap((minute) => minute.get(endpointId) ?? [])
      const speeds = {
        latencyMs: percentilesOf(all.flatMap((one) => parseEntries(one.firstToken))),
        tokensPerSecond: percentilesOf(all.flatMap((one) => parseEntries(one.throughput))),
      }
      told.set(endpointId, speeds)
      return speeds
    },
  }
}

async function readHistograms(fromMs: number, toMs: number): Promise<z.infer<typeof speedRow>[]> {
  const read = (table: 'endpoint_minute' | 'endpoint_inbox') => Prisma.sql`
    SELECT bucket, endpoint_id, time_to_first_token_ms, tokens_per_second FROM ${Prisma.raw(table)}
    WHERE bucket >= ${new Date(fromMs)} AND bucket < ${new Date(toMs)}
      AND endpoint_id IN (SELECT id FROM endpoint WHERE enabled)`
  const rows = await db().$queryRaw(Prisma.sql`
    SELECT (extract(epoch FROM bucket) / 60)::int AS minute, endpoint_id,
      concat_histograms(time_to_first_token_ms)::text AS first_token,
      concat_histograms(tokens_per_second)::text AS throughput
    FROM (${read('endpoint_minute')} UNION ALL ${read('endpoint_inbox')}) AS source GROUP BY bucket, endpoint_id`)
  return z.array(speedRow).parse(rows)
}

function parseEntries(text: string): number[] {
  return text === '{}' ? [] : text.slice(1, -1).split(',').map(Number)
}

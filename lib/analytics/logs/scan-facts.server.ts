import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { db } from '../../platform/db.server'
import type { TimeWindow } from '../window'
import type { LogPosition } from './cursor'
import type { LogConditions } from './evidence'
import { matchRequest } from './match-facts.server'

/** What finds a request's row: its start and its id. */
export type RequestKey = { startedAtMs: number; id: string }

const keyRow = z.object({ started_at: z.date(), id: z.string() })

/**
 * The newest `limit` requests that fit, after a position where one is given. `slices` are apart from each other and
 * newest first: they are read one after the other, each backwards along the key, until the limit is reached.
 */
export async function scanFacts({
  slices,
  conditions,
  after,
  limit,
}: {
  slices: readonly TimeWindow[]
  conditions: LogConditions
  after: LogPosition | null
  limit: number
}): Promise<RequestKey[]> {
  if (slices.length === 0) return []
  const rows = await db().$queryRaw(Prisma.sql`
    SELECT request.started_at, request.id::text
    FROM unnest(${slices.map((one) => one.fromMs)}::float8[], ${slices.map((one) => one.toMs)}::float8[])
        AS slice (from_ms, to_ms)
      CROSS JOIN LATERAL (
        SELECT started_at, id FROM request_log AS request
        WHERE started_at >= to_timestamp(from_ms / 1000) AND started_at < to_timestamp(to_ms / 1000)
          ${afterPosition(after)} ${matchRequest(conditions)}
        ORDER BY started_at DESC, id DESC LIMIT ${limit}
      ) AS request
    LIMIT ${limit}`)
  return z
    .array(keyRow)
    .parse(rows)
    .map((row) => ({ startedAtMs: row.started_at.getTime(), id: row.id }))
}

function afterPosition(after: LogPosition | null): Prisma.Sql {
  if (after === null) return Prisma.empty
  const startedAt = new Date(after.startedAtMs)
  return after.id === null
    ? Prisma.sql`AND started_at < ${startedAt}`
    : Prisma.sql`AND (started_at, id) < (${startedAt}, ${after.id}::uuid)`
}

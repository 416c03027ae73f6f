import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { db } from '../../platform/db.server'
import type { TimeWindow } from '../../time/window'
import type { LogPosition } from './cursor'
import type { LogConditions } from './evidence'
import { matchRequest } from './match-facts.server'
import { byDay } from './plan-search'

/** What finds a request's row: its start and its id. */
export type RequestKey = { startedAtMs: number; id: string }

const keyRow = z.object({ started_at: z.date(), id: z.string() })

/** What to look for, after which position where one is given, and how many of it. */
export type FactScan = { conditions: LogConditions; after: LogPosition | null; limit: number }

/**
 * The newest `limit` requests that fit. `slices` are apart from each other and newest first: they are read one after the
 * other, each backwards along the key, until the limit is reached.
 */
export async function scanFacts({
  slices,
  ...scan
}: FactScan & { slices: readonly TimeWindow[] }): Promise<RequestKey[]> {
  // Each partition of requests plans a search through each partition of attempts: one day at a time has one of both.
  const parts = scan.conditions.attempt === null ? [slices] : byDay(slices)
  const keys: RequestKey[] = []
  for (const part of parts) {
    if (keys.length >= scan.limit) break
    keys.push(...(await scanPart(part, { ...scan, limit: scan.limit - keys.length })))
  }
  return keys
}

async function scanPart(
  slices: readonly TimeWindow[],
  { conditions, after, limit }: FactScan,
): Promise<RequestKey[]> {
  const whole = { fromMs: slices.at(-1)?.fromMs ?? 0, toMs: slices[0]?.toMs ?? 0 }
  if (whole.fromMs >= whole.toMs) return []
  const rows = await db().$queryRaw(Prisma.sql`
    SELECT request.started_at, request.id::text
    FROM unnest(${slices.map((one) => one.fromMs)}::float8[], ${slices.map((one) => one.toMs)}::float8[])
        AS slice (from_ms, to_ms)
      CROSS JOIN LATERAL (
        SELECT started_at, id FROM request_log AS request
        WHERE started_at >= to_timestamp(from_ms / 1000) AND started_at < to_timestamp(to_ms / 1000)
          AND started_at >= ${new Date(whole.fromMs)} AND started_at < ${new Date(whole.toMs)}
          ${afterPosition(after)} ${matchRequest(conditions, whole)}
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

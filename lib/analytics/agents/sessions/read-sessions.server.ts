import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { db } from '../../../platform/db.server'
import { formatIsoDay } from '../../../platform/format'
import { ceilToBucket, floorToBucket } from '../../../time/time-buckets'
import { resolveWindow } from '../../../time/window'
import { deriveSessions } from './derive-sessions'
import type { SessionsAnswer, SessionsQuery } from './schema'

const binRow = z.object({ turn_range: z.number(), cost_bin: z.number(), sessions: z.number() })

/** What sessions cost by their number of turns, of those that began on the UTC days of the window; reads rollups only. */
export async function readSessions(query: SessionsQuery, nowMs: number): Promise<SessionsAnswer> {
  const window = resolveWindow(query, nowMs)
  const fromMs = floorToBucket(window.fromMs, 'day')
  const toMs = ceilToBucket(window.toMs, 'day')
  const rows = await db().$queryRaw(Prisma.sql`
    SELECT turn_range::int AS turn_range, cost_bin::int AS cost_bin, sum(sessions)::float8 AS sessions
    FROM session_cost_day WHERE day >= ${formatIsoDay(fromMs)}::date AND day < ${formatIsoDay(toMs)}::date
    GROUP BY 1, 2`)
  const bins = z
    .array(binRow)
    .parse(rows)
    .map((row) => ({ turnRange: row.turn_range, costBin: row.cost_bin, sessions: row.sessions }))
  return { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString(), ...deriveSessions(bins) }
}

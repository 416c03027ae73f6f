import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { db } from '../platform/db.server'
import { coverWindow, type Segment } from './cover'
import type { TimeWindow } from './window'

const countRow = z.object({ provider_id: z.number(), endpoints: z.number() })

/**
 * Endpoints with attempts in an aligned window, by provider id; providers without one are missing. Asks for each
 * endpoint whether there is a row, newest bucket first, so that the cost does not grow with the rows of the window.
 */
export async function countActiveEndpoints(window: TimeWindow): Promise<Map<number, number>> {
  const isActive = [
    Prisma.sql`endpoint.id IN (
      SELECT endpoint_id FROM endpoint_inbox
      WHERE bucket >= ${new Date(window.fromMs)} AND bucket < ${new Date(window.toMs)})`,
    ...coverWindow(window).reverse().map(hasRow),
  ]
  const rows = await db().$queryRaw(Prisma.sql`
    SELECT provider_id, count(*)::float8 AS endpoints FROM endpoint
    WHERE ${Prisma.join(isActive, ' OR ')} GROUP BY provider_id`)
  return new Map(
    z
      .array(countRow)
      .parse(rows)
      .map((row) => [row.provider_id, row.endpoints]),
  )
}

/** LIMIT keeps the planner from reading the whole table for each endpoint. */
function hasRow({ fromMs, toMs, granularity }: Segment): Prisma.Sql {
  const step = Prisma.raw(`interval '1 ${granularity}'`)
  return Prisma.sql`EXISTS (
    SELECT FROM generate_series(${new Date(toMs)}::timestamptz - ${step}, ${new Date(fromMs)}::timestamptz, -${step}) AS start,
      LATERAL (
        SELECT FROM ${Prisma.raw(`endpoint_${granularity}`)} AS rollup
        WHERE rollup.bucket = start AND rollup.endpoint_id = endpoint.id LIMIT 1
      ) AS hit)`
}

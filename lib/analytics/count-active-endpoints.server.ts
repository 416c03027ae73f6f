import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { db } from '../platform/db.server'
import type { TimeWindow } from '../time/window'
import { endpointToolSource } from './endpoint-tool-source.server'

const countRow = z.object({ provider_id: z.number(), endpoints: z.number() })

/** Endpoints with attempts in an aligned window, by provider id; providers without one are missing. */
export async function countActiveEndpoints(window: TimeWindow): Promise<Map<number, number>> {
  const rows = await db().$queryRaw(Prisma.sql`
    SELECT provider_id, count(*)::float8 AS endpoints FROM endpoint
    WHERE id IN (SELECT endpoint_id FROM ${endpointToolSource(window)} AS source) GROUP BY provider_id`)
  return new Map(
    z
      .array(countRow)
      .parse(rows)
      .map((row) => [row.provider_id, row.endpoints]),
  )
}

import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { db } from '../../../platform/db.server'
import { checkGranularity } from '../../../time/check-granularity'
import { alignWindow } from '../../../time/cover'
import { horizonsAt } from '../../../time/horizons'
import { resolveWindow, type TimeWindow } from '../../../time/window'
import { usageSource } from '../../usage-source.server'
import { FUNNEL_COLUMNS, FUNNEL_MEASURES, funnelRow, toFunnelSums } from '../funnel-columns'
import { addFunnelSums, type FunnelSums, funnelFigures } from '../funnel-figures'
import { resolveSubject, type SubjectRows } from '../resolve-subject.server'
import type { FunnelAnswer, FunnelQuery } from './schema'

const pointRow = funnelRow.extend({ start: z.date() })

/**
 * The tool funnel of everybody, or of one model, author, provider or app, in total and over time. Reads rollups only.
 * Throws `not_found` for a name nobody has heard of, `bad_request` as checkGranularity does.
 */
export async function readFunnel(query: FunnelQuery, nowMs: number): Promise<FunnelAnswer> {
  const { granularity } = query
  const horizons = horizonsAt(nowMs)
  const window = alignWindow(resolveWindow(query, nowMs), horizons)
  checkGranularity({ granularity, window, horizons, seriesCount: 1 })
  const points = await readPoints({ rows: await resolveSubject(query), window, granularity })
  return {
    from: new Date(window.fromMs).toISOString(),
    to: new Date(window.toMs).toISOString(),
    granularity,
    totals: funnelFigures(addFunnelSums(points.map(({ sums }) => sums))),
    points: points.map(({ start, sums }) => ({ start: start.toISOString(), ...funnelFigures(sums) })),
  }
}

async function readPoints({
  rows: { subject, keyIds },
  window,
  granularity,
}: {
  rows: SubjectRows
  window: TimeWindow
  granularity: FunnelQuery['granularity']
}): Promise<{ start: Date; sums: FunnelSums }[]> {
  const source = usageSource({
    subject,
    windows: [window],
    measures: FUNNEL_MEASURES,
    coarsest: granularity,
    ...(keyIds ? { keyId: Prisma.sql`ANY (${keyIds}::int[])` } : {}),
  })
  const rows = await db().$queryRaw(Prisma.sql`
    SELECT date_bin(${Prisma.raw(`'1 ${granularity}'`)}, bucket, 'epoch') AS start, ${Prisma.raw(FUNNEL_COLUMNS)}
    FROM ${source} AS source GROUP BY 1 HAVING sum(requests) > 0 ORDER BY 1`)
  return z
    .array(pointRow)
    .parse(rows)
    .map((row) => ({ start: row.start, sums: toFunnelSums(row) }))
}

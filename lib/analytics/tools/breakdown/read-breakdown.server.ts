import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { db } from '../../../platform/db.server'
import { alignWindow } from '../../../time/cover'
import { horizonsAt } from '../../../time/horizons'
import { resolveWindow, type TimeWindow } from '../../../time/window'
import { labelOf, SUBJECT_NAMES } from '../../subject-names.server'
import { usageSource } from '../../usage-source.server'
import { FUNNEL_COLUMNS, FUNNEL_MEASURES, funnelRow, toFunnelSums } from '../funnel-columns'
import { addFunnelSums, funnelFigures } from '../funnel-figures'
import type { BreakdownAnswer, BreakdownQuery } from './schema'

const keyRow = funnelRow.extend({ key: z.string() })

/** The tool funnel of every model, author, provider or app in a window; reads rollups only. */
export async function readBreakdown(query: BreakdownQuery, nowMs: number): Promise<BreakdownAnswer> {
  const window = alignWindow(resolveWindow(query, nowMs), horizonsAt(nowMs))
  const found = await readKeys(query.by, window)
  const rows = found.map(({ key, sums }) => ({
    key,
    label: labelOf(query.by, key),
    ...funnelFigures(sums),
  }))
  return {
    from: new Date(window.fromMs).toISOString(),
    to: new Date(window.toMs).toISOString(),
    by: query.by,
    rowCount: rows.length,
    rows: query.limit === undefined ? rows : rows.slice(0, query.limit),
    totals: funnelFigures(addFunnelSums(found.map(({ sums }) => sums))),
  }
}

async function readKeys(by: BreakdownQuery['by'], window: TimeWindow) {
  const { subject, join } = SUBJECT_NAMES[by]
  const measures = Prisma.raw(FUNNEL_MEASURES.map((name) => `sum(${name}) AS ${name}`).join(', '))
  const rows = await db().$queryRaw(Prisma.sql`
    WITH source AS (
      SELECT key_id, ${measures}
      FROM ${usageSource({ subject, windows: [window], measures: FUNNEL_MEASURES })} AS rows GROUP BY key_id
    )
    SELECT name.slug AS key, ${Prisma.raw(FUNNEL_COLUMNS)}
    FROM source ${join}
    GROUP BY name.slug HAVING sum(requests) > 0
    ORDER BY tools_known DESC, name.slug COLLATE "C"`)
  return z
    .array(keyRow)
    .parse(rows)
    .map((row) => ({ key: row.key, sums: toFunnelSums(row) }))
}

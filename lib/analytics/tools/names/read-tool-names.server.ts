import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { db } from '../../../platform/db.server'
import { horizonsAt } from '../../../recorder/horizons'
import { alignWindow, coverWindow } from '../../cover'
import { resolveWindow, type TimeWindow } from '../../window'
import { sortToolNames, type ToolNameSums, toToolNameRow } from './derive-tool-name'
import type { ToolNamesAnswer, ToolNamesQuery } from './schema'

const VERDICTS = ['valid', 'unknown', 'invalid_json', 'unknown_name', 'schema_mismatch'] as const

const toolRow = z.object({
  tool: z.string(),
  valid: z.number(),
  unknown: z.number(),
  invalid_json: z.number(),
  unknown_name: z.number(),
  schema_mismatch: z.number(),
})

/** How often each tool was called and how that went; reads rollups only. */
export async function readToolNames(query: ToolNamesQuery, nowMs: number): Promise<ToolNamesAnswer> {
  // There are no minutes of tools, so nothing finer than an hour is asked for.
  const horizons = { ...horizonsAt(nowMs), minuteFromMs: Number.POSITIVE_INFINITY }
  const window = alignWindow(resolveWindow(query, nowMs), horizons)
  const rows = (await readSums(window)).map(toToolNameRow)
  return {
    from: new Date(window.fromMs).toISOString(),
    to: new Date(window.toMs).toISOString(),
    rowCount: rows.length,
    rows: sortToolNames(rows, query.sort).slice(0, query.limit),
  }
}

async function readSums(window: TimeWindow): Promise<ToolNameSums[]> {
  const columns = Prisma.raw(VERDICTS.map((verdict) => `calls_${verdict}`).join(', '))
  const sums = Prisma.raw(VERDICTS.map((verdict) => `sum(calls_${verdict})::float8 AS ${verdict}`).join(', '))
  const read = (table: string, { fromMs, toMs }: TimeWindow) => Prisma.sql`
    SELECT tool_id, ${columns} FROM ${Prisma.raw(table)}
    WHERE bucket >= ${new Date(fromMs)} AND bucket < ${new Date(toMs)}`
  const parts = [
    ...coverWindow(window).map((segment) => read(`tool_${segment.granularity}`, segment)),
    read('tool_inbox', window),
  ]
  const rows = await db().$queryRaw(Prisma.sql`
    SELECT tool.name AS tool, ${sums}
    FROM (${Prisma.join(parts, ' UNION ALL ')}) AS source JOIN tool ON tool.id = source.tool_id
    GROUP BY tool.id`)
  return z.array(toolRow).parse(rows)
}

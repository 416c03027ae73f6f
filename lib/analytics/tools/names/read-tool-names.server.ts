import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { db } from '../../../platform/db.server'
import { horizonsAt } from '../../../time/horizons'
import { resolveWindow, type TimeWindow } from '../../../time/window'
import { alignToHours } from '../../model-usage-source.server'
import { toolSource } from '../../tool-source.server'
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
  const window = alignToHours(resolveWindow(query, nowMs), horizonsAt(nowMs))
  const rows = (await readSums(window)).map(toToolNameRow)
  return {
    from: new Date(window.fromMs).toISOString(),
    to: new Date(window.toMs).toISOString(),
    rowCount: rows.length,
    rows: sortToolNames(rows, query.sort).slice(0, query.limit),
  }
}

async function readSums(window: TimeWindow): Promise<ToolNameSums[]> {
  const sums = Prisma.raw(VERDICTS.map((verdict) => `sum(calls_${verdict})::float8 AS ${verdict}`).join(', '))
  const rows = await db().$queryRaw(Prisma.sql`
    SELECT tool.name AS tool, ${sums}
    FROM ${toolSource({ windows: [window] })} AS source JOIN tool ON tool.id = source.tool_id
    GROUP BY tool.id`)
  return z.array(toolRow).parse(rows)
}

import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { db } from '../../../platform/db.server'
import { alignWindow } from '../../../time/cover'
import { horizonsAt } from '../../../time/horizons'
import { previousWindow, resolveWindow, type TimeWindow } from '../../../time/window'
import { SUBJECT_NAMES } from '../../subject-names.server'
import { usageSource } from '../../usage-source.server'
import { type ModelCalls, rankByCalls } from './rank-by-calls'
import type { ToolModelsAnswer, ToolModelsQuery } from './schema'

const callsRow = z.object({
  key: z.string(),
  tool_calls: z.number(),
  requests_with_calls: z.number(),
  previous_tool_calls: z.number(),
})

/** Models ranked by tool calls, beside the preceding equal window; reads rollups only. */
export async function readToolModels(query: ToolModelsQuery, nowMs: number): Promise<ToolModelsAnswer> {
  const horizons = horizonsAt(nowMs)
  const window = alignWindow(resolveWindow(query, nowMs), horizons)
  const calls = await readCalls([window, alignWindow(previousWindow(window), horizons)])
  const { rows, totals } = rankByCalls(calls)
  return {
    from: new Date(window.fromMs).toISOString(),
    to: new Date(window.toMs).toISOString(),
    rowCount: rows.length,
    rows: query.limit === undefined ? rows : rows.slice(0, query.limit),
    totals,
  }
}

/** `windows`: the one asked for and the one before. */
async function readCalls(windows: readonly [TimeWindow, TimeWindow]): Promise<ModelCalls[]> {
  const { subject, join } = SUBJECT_NAMES.model
  const source = usageSource({ subject, windows, measures: ['tool_calls', 'tools_used'] })
  const sum = (column: string, window: number) =>
    Prisma.raw(`coalesce(sum(${column}) FILTER (WHERE window_index = ${window}), 0)::float8`)
  const rows = await db().$queryRaw(Prisma.sql`
    WITH source AS (
      SELECT window_index, key_id, sum(tool_calls) AS tool_calls, sum(tools_used) AS tools_used
      FROM ${source} AS rows GROUP BY window_index, key_id
    )
    SELECT name.slug AS key, ${sum('tool_calls', 0)} AS tool_calls, ${sum('tools_used', 0)} AS requests_with_calls,
      ${sum('tool_calls', 1)} AS previous_tool_calls
    FROM source ${join} GROUP BY name.slug HAVING sum(tool_calls) > 0`)
  return z
    .array(callsRow)
    .parse(rows)
    .map((row) => ({
      key: row.key,
      toolCalls: row.tool_calls,
      requestsWithCalls: row.requests_with_calls,
      previousToolCalls: row.previous_tool_calls,
    }))
}

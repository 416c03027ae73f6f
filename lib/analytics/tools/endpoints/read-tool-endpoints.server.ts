import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { db } from '../../../platform/db.server'
import { ENDPOINT_TOOL_MEASURES } from '../../../recorder/measures'
import { alignWindow } from '../../../time/cover'
import { horizonsAt } from '../../../time/horizons'
import { resolveWindow, type TimeWindow } from '../../../time/window'
import { endpointToolSource } from '../../endpoint-tool-source.server'
import { labelOf } from '../../subject-names.server'
import { CALL_COLUMNS, callRow, toCallSums } from '../call-columns'
import { callQuality, compareWorstFirst } from '../call-quality'
import type { ToolEndpointRow, ToolEndpointsAnswer, ToolEndpointsQuery } from './schema'

/** Added up by endpoint first, so that names are joined to few rows. */
const ADDED_COLUMNS = ENDPOINT_TOOL_MEASURES.map((name) => `sum(${name}) AS ${name}`).join(', ')

const endpointRow = callRow.extend({
  model: z.string(),
  provider: z.string(),
  provider_name: z.string().nullable(),
})

/** Which endpoints break tool calls most, over all models; reads rollups only. */
export async function readToolEndpoints(
  query: ToolEndpointsQuery,
  nowMs: number,
): Promise<ToolEndpointsAnswer> {
  const window = alignWindow(resolveWindow(query, nowMs), horizonsAt(nowMs))
  const rows = await readRows(window)
  return {
    from: new Date(window.fromMs).toISOString(),
    to: new Date(window.toMs).toISOString(),
    rowCount: rows.length,
    rows: rows.sort((a, b) => compareWorstFirst(toComparable(a), toComparable(b))).slice(0, query.limit),
  }
}

function toComparable({ model, provider, errorRate, toolCallAttempts }: ToolEndpointRow) {
  return { errorRate, sample: toolCallAttempts, name: `${model} ${provider}` }
}

/** A model's other names are added to it, provider by provider. */
async function readRows(window: TimeWindow): Promise<ToolEndpointRow[]> {
  const rows = await db().$queryRaw(Prisma.sql`
    WITH source AS (
      SELECT endpoint_id, ${Prisma.raw(ADDED_COLUMNS)} FROM ${endpointToolSource(window)} AS rows GROUP BY endpoint_id
    )
    SELECT name.slug AS model, provider.slug AS provider, provider.name AS provider_name, ${Prisma.raw(CALL_COLUMNS)}
    FROM source
      JOIN endpoint ON endpoint.id = source.endpoint_id
      JOIN provider ON provider.id = endpoint.provider_id
      JOIN model AS own ON own.id = endpoint.model_id
      JOIN model AS name ON name.id = coalesce(own.alias_of, own.id)
    GROUP BY name.id, provider.id HAVING sum(checked_tool_call_attempts) > 0`)
  return z
    .array(endpointRow)
    .parse(rows)
    .map((row) => ({
      model: row.model,
      provider: row.provider,
      providerName: row.provider_name ?? labelOf('provider', row.provider),
      ...callQuality(toCallSums(row)),
    }))
}

import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { db } from '../../../platform/db.server'
import { alignWindow } from '../../../time/cover'
import { horizonsAt } from '../../../time/horizons'
import { resolveWindow, type TimeWindow } from '../../../time/window'
import { endpointSource } from '../../endpoint-source.server'
import { labelOf } from '../../subject-names.server'
import { CALL_COLUMNS, callRow, toCallSums } from '../call-columns'
import { addCallSums, callQuality, compareWorstFirst } from '../call-quality'
import { findModel } from '../find-model.server'
import type { ToolProvidersAnswer, ToolProvidersQuery } from './schema'

const providerRow = callRow.extend({ slug: z.string(), name: z.string().nullable() })

/**
 * How the tool calls of one model went at each of its providers. Endpoints of the model's other names are added to their
 * provider's. Reads rollups only. Throws `not_found` for a model nobody has heard of.
 */
export async function readToolProviders(
  query: ToolProvidersQuery,
  nowMs: number,
): Promise<ToolProvidersAnswer> {
  const { slug, ids } = await findModel(query.model)
  const window = alignWindow(resolveWindow(query, nowMs), horizonsAt(nowMs))
  const found = await readSums(ids, window)
  const rows = found.map(({ provider, name, sums }) => ({
    provider,
    providerName: name ?? labelOf('provider', provider),
    ...callQuality(sums),
  }))
  return {
    from: new Date(window.fromMs).toISOString(),
    to: new Date(window.toMs).toISOString(),
    model: slug,
    rows: rows.sort((a, b) => compareWorstFirst(toComparable(a), toComparable(b))),
    totals: callQuality(addCallSums(found.map(({ sums }) => sums))),
  }
}

function toComparable(row: { provider: string; errorRate: number | null; toolCallAttempts: number }) {
  return { errorRate: row.errorRate, sample: row.toolCallAttempts, name: row.provider }
}

async function readSums(modelIds: readonly number[], window: TimeWindow) {
  const endpoints = await db().endpoint.findMany({
    where: { modelId: { in: [...modelIds] } },
    select: { id: true },
  })
  const source = endpointSource({ window, endpointIds: endpoints.map(({ id }) => id) })
  const rows = await db().$queryRaw(Prisma.sql`
    SELECT provider.slug, provider.name, ${Prisma.raw(CALL_COLUMNS)}
    FROM ${source} AS source
      JOIN endpoint ON endpoint.id = source.endpoint_id
      JOIN provider ON provider.id = endpoint.provider_id
    GROUP BY provider.id
    HAVING sum(tools_offered) > 0 OR sum(checked_tool_call_attempts) > 0`)
  return z
    .array(providerRow)
    .parse(rows)
    .map((row) => ({ provider: row.slug, name: row.name, sums: toCallSums(row) }))
}

import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { db } from '../../platform/db.server'
import type { UsageMeasure } from '../../recorder/measures'
import type { TimeWindow } from '../../time/window'
import { usageSource } from '../usage-source.server'

const MEASURES = [
  'requests',
  'requests_ok',
  'requests_error',
  'prompt_tokens',
  'completion_tokens',
  'cost_micro_usd',
  'cost_known',
  'tools_known',
  'tools_offered',
  'tools_used',
  'finished_by_tool_call',
] as const satisfies readonly UsageMeasure[]

const sum = z.number()
const usageRow = z.object({
  requests: sum,
  requests_ok: sum,
  requests_error: sum,
  prompt_tokens: sum,
  completion_tokens: sum,
  cost_micro_usd: sum,
  cost_known: sum,
  tools_known: sum,
  tools_offered: sum,
  tools_used: sum,
  finished_by_tool_call: sum,
})
/** Sums over the requests of a model. */
export type ModelRequestSums = z.infer<typeof usageRow>

const standingRow = z.object({ rank: z.number(), models: z.number(), all_tokens: z.number() })
/** Where a model stands among all by tokens of a window; rank null without a token. */
export type ModelStanding = { rank: number | null; models: number; allTokens: number }

/** The requests of a model and its other names in a window, added up, whatever they ask of it. */
export async function readModelUsage({
  window,
  modelIds,
}: {
  window: TimeWindow
  modelIds: readonly number[]
}): Promise<ModelRequestSums> {
  const source = usageSource({
    subject: 'model',
    operations: 'all',
    windows: [window],
    measures: MEASURES,
    keyId: Prisma.sql`member.id`,
  })
  const sums = Prisma.raw(MEASURES.map((name) => `coalesce(sum(${name}), 0)::float8 AS ${name}`).join(', '))
  const rows = await db().$queryRaw(Prisma.sql`
    SELECT ${sums} FROM unnest(${[...modelIds]}::int[]) AS member (id), LATERAL ${source} AS source`)
  return z.tuple([usageRow]).parse(rows)[0]
}

/** Rank by tokens among all models (other names count as theirs), ties by name, as in Rankings. */
export async function readModelStanding({
  window,
  id,
}: {
  window: TimeWindow
  id: number
}): Promise<ModelStanding> {
  const source = usageSource({
    subject: 'model',
    windows: [window],
    measures: ['prompt_tokens', 'completion_tokens'],
  })
  const rows = await db().$queryRaw(Prisma.sql`
    WITH ranked AS (
      SELECT name.id, sum(tokens) AS tokens, row_number() OVER (ORDER BY sum(tokens) DESC, name.slug)::int AS rank
      FROM (
        SELECT key_id, sum(prompt_tokens + completion_tokens) AS tokens FROM ${source} AS source GROUP BY key_id
      ) AS sums
      JOIN model AS own ON own.id = sums.key_id JOIN model AS name ON name.id = coalesce(own.alias_of, own.id)
      GROUP BY name.id
    )
    SELECT coalesce((SELECT rank FROM ranked WHERE id = ${id} AND tokens > 0), 0) AS rank,
      (count(*) FILTER (WHERE tokens > 0))::int AS models, coalesce(sum(tokens), 0)::float8 AS all_tokens
    FROM ranked`)
  const [row] = z.tuple([standingRow]).parse(rows)
  return { rank: row.rank === 0 ? null : row.rank, models: row.models, allTokens: row.all_tokens }
}

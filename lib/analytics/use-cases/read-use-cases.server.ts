import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { db } from '../../platform/db.server'
import { alignWindow } from '../../time/cover'
import { horizonsAt } from '../../time/horizons'
import { previousWindow, resolveWindow } from '../../time/window'
import { labelOf, SUBJECT_NAMES } from '../subject-names.server'
import { usageSource } from '../usage-source.server'
import { compareUseCases } from './compare-use-cases'
import type { UseCasesAnswer, UseCasesQuery } from './schema'

const MEASURES = [
  'requests',
  'prompt_tokens',
  'completion_tokens',
  'agentic_tokens',
  'cost_known',
  'cost_micro_usd',
] as const

const sumsRow = z.object({
  key: z.string(),
  previous_tokens: z.number(),
  requests: z.number(),
  prompt_tokens: z.number(),
  completion_tokens: z.number(),
  agentic_tokens: z.number(),
  cost_known: z.number(),
  cost_micro_usd: z.number(),
})

/** What the tokens of a window were used for; reads rollups only. */
export async function readUseCases(query: UseCasesQuery, nowMs: number): Promise<UseCasesAnswer> {
  const horizons = horizonsAt(nowMs)
  const window = alignWindow(resolveWindow(query, nowMs), horizons)
  const { subject, join } = SUBJECT_NAMES.useCase
  const windows = [window, alignWindow(previousWindow(window), horizons)]
  const source = usageSource({ subject, windows, measures: MEASURES })
  const now = Prisma.raw(
    MEASURES.map(
      (name) => `coalesce(sum(${name}) FILTER (WHERE window_index = 0), 0)::float8 AS ${name}`,
    ).join(', '),
  )
  const rows = await db().$queryRaw(Prisma.sql`
    SELECT name.slug AS key, ${now},
      coalesce(sum(prompt_tokens + completion_tokens) FILTER (WHERE window_index = 1), 0)::float8 AS previous_tokens
    FROM ${source} AS source ${join}
    GROUP BY name.slug`)
  const sums = z.array(sumsRow).parse(rows)
  return {
    from: new Date(window.fromMs).toISOString(),
    to: new Date(window.toMs).toISOString(),
    ...compareUseCases(
      sums.map((row) => ({
        key: row.key,
        label: labelOf('useCase', row.key),
        requests: row.requests,
        promptTokens: row.prompt_tokens,
        completionTokens: row.completion_tokens,
        previousTokens: row.previous_tokens,
        agenticTokens: row.agentic_tokens,
        costKnown: row.cost_known,
        costMicroUsd: row.cost_micro_usd,
      })),
    ),
  }
}

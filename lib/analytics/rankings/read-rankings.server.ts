import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { db } from '../../platform/db.server'
import { alignWindow } from '../../time/cover'
import { horizonsAt } from '../../time/horizons'
import { previousWindow, resolveWindow, type TimeWindow } from '../../time/window'
import { alignToHours } from '../model-usage-source.server'
import { modelsOfUseCase } from '../models-of-use-case.server'
import { countedOperations } from '../operation-parameter'
import { labelOf, SUBJECT_NAMES } from '../subject-names.server'
import type { RankingSort } from '../subjects'
import { usageSource } from '../usage-source.server'
import { rankKeys } from './rank'
import type { RankingsAnswer, RankingsQuery } from './schema'

/** Windows read for each order: `change` needs one before, `trending` three. */
const WINDOWS_BACK = { tokens: 1, trending: 3 } satisfies Record<RankingSort, number>

const MEASURES = ['prompt_tokens', 'completion_tokens', 'requests'] as const

const sumsRow = z.object({
  key: z.string(),
  prompt_tokens: z.number(),
  completion_tokens: z.number(),
  requests: z.number(),
  tokens_by_window: z.array(z.number()),
})

/**
 * Ranks models, authors, providers, apps, use cases or operations by tokens in a window; reads rollups only. Counts
 * chats and completions unless asked otherwise. Within a use case the windows are widened to whole hours.
 */
export async function readRankings(query: RankingsQuery, nowMs: number): Promise<RankingsAnswer> {
  const horizons = horizonsAt(nowMs)
  const align = query.useCase === undefined ? alignWindow : alignToHours
  const window = align(resolveWindow(query, nowMs), horizons)
  const windows = [window]
  while (windows.length <= WINDOWS_BACK[query.sort]) {
    windows.push(previousWindow(windows[windows.length - 1] ?? window))
  }
  const sums = await readSums(
    query,
    windows.map((one) => align(one, horizons)),
  )
  const { rows, totals } = rankKeys(
    sums.map((row) => ({
      key: row.key,
      label: labelOf(query.by, row.key),
      promptTokens: row.prompt_tokens,
      completionTokens: row.completion_tokens,
      requests: row.requests,
      tokensByWindow: row.tokens_by_window,
    })),
    query.sort,
  )
  return {
    from: new Date(window.fromMs).toISOString(),
    to: new Date(window.toMs).toISOString(),
    by: query.by,
    rows: query.limit === undefined ? rows : rows.slice(0, query.limit),
    totals,
  }
}

async function readSums({ by, useCase, operation }: RankingsQuery, windows: readonly TimeWindow[]) {
  const { subject, join } = SUBJECT_NAMES[by]
  const operations = countedOperations({ by, operation })
  const source =
    useCase === undefined
      ? usageSource({ subject, windows, measures: MEASURES, operations })
      : await modelsOfUseCase({ useCase, windows, measures: MEASURES })
  const now = Prisma.sql`FILTER (WHERE window_index = 0)`
  const tokensByWindow = windows.map(
    (_, index) =>
      Prisma.sql`coalesce(sum(prompt_tokens + completion_tokens) FILTER (WHERE window_index = ${Prisma.raw(String(index))}), 0)::float8`,
  )
  const rows = await db().$queryRaw(Prisma.sql`
    WITH source AS (
      SELECT window_index, key_id, sum(prompt_tokens) AS prompt_tokens, sum(completion_tokens) AS completion_tokens,
        sum(requests) AS requests
      FROM ${source} AS rows GROUP BY window_index, key_id
    )
    SELECT name.slug AS key,
      coalesce(sum(prompt_tokens) ${now}, 0)::float8 AS prompt_tokens,
      coalesce(sum(completion_tokens) ${now}, 0)::float8 AS completion_tokens,
      coalesce(sum(requests) ${now}, 0)::float8 AS requests,
      ARRAY[${Prisma.join(tokensByWindow)}] AS tokens_by_window
    FROM source ${join}
    GROUP BY name.slug`)
  return z.array(sumsRow).parse(rows)
}

import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { db } from '../../platform/db.server'
import type { Horizons } from '../../time/horizons'
import type { TimeWindow } from '../../time/window'
import { alignToHours, modelUsageSource } from '../model-usage-source.server'
import { labelOf } from '../subject-names.server'
import type { ModelPageAnswer } from './schema'

const appRow = z.object({ app: z.string(), requests: z.number(), total_tokens: z.number() })

/**
 * The apps that used a model or one of its other names, most tokens first, ties by name; shares are of these tokens.
 * Models are crossed with apps by the hour: a window that begins or ends within one is widened to it.
 */
export async function readModelApps({
  window,
  horizons,
  modelIds,
}: {
  window: TimeWindow
  horizons: Horizons
  modelIds: readonly number[]
}): Promise<ModelPageAnswer['apps']> {
  const source = modelUsageSource({
    dimension: 'app',
    windows: [alignToHours(window, horizons)],
    measures: ['requests', 'prompt_tokens', 'completion_tokens'],
    modelIds,
  })
  const rows = z.array(appRow).parse(
    await db().$queryRaw(Prisma.sql`
      SELECT app.slug AS app, sum(requests)::float8 AS requests,
        sum(prompt_tokens + completion_tokens)::float8 AS total_tokens
      FROM ${source} AS source JOIN app ON app.id = source.key_id
      GROUP BY app.slug ORDER BY total_tokens DESC, app.slug`),
  )
  const allTokens = rows.reduce((sum, row) => sum + row.total_tokens, 0)
  return rows.map((row) => ({
    app: row.app,
    label: labelOf('app', row.app),
    requests: row.requests,
    totalTokens: row.total_tokens,
    share: allTokens > 0 ? row.total_tokens / allTokens : null,
  }))
}

import { Prisma } from '@/prisma/generated/client'
import type { TimeWindow } from '../../time/window'
import { ATTEMPT_SUM_COLUMNS, attemptFigures } from '../attempt-figures'
import { readAttemptSums } from '../read-attempt-sums.server'
import type { ModelHealth } from './list-models'

/** The catalog shows no throughput, and histograms are most of what two days of all endpoints hold. */
const COLUMNS = Prisma.raw(
  ATTEMPT_SUM_COLUMNS.map((name) => (name === 'tokens_per_second' ? `'{}'::bigint[] AS ${name}` : name)).join(
    ', ',
  ),
)

/** How the attempts of each model went between two days (whole UTC days), all its providers and other names together. */
export async function readModelHealth(window: TimeWindow): Promise<Map<number, ModelHealth>> {
  const isInside = Prisma.sql`bucket >= ${new Date(window.fromMs)} AND bucket < ${new Date(window.toMs)}`
  const sums = await readAttemptSums({
    source: Prisma.sql`(
      SELECT coalesce(model.alias_of, model.id) AS catalog_id, rows.*
      FROM (
        SELECT endpoint_id, ${COLUMNS} FROM endpoint_day WHERE ${isInside}
        UNION ALL SELECT endpoint_id, ${COLUMNS} FROM endpoint_inbox WHERE ${isInside}
      ) AS rows JOIN endpoint ON endpoint.id = rows.endpoint_id JOIN model ON model.id = endpoint.model_id)`,
    key: Prisma.sql`catalog_id`,
  })
  return new Map(
    [...sums].map(([modelId, ofModel]) => {
      const { uptime, latencyMsP50, toolCallErrorRate } = attemptFigures(ofModel)
      return [modelId, { uptime, latencyMsP50, toolCallErrorRate }]
    }),
  )
}

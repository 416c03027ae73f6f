import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { db } from '../../platform/db.server'
import { AppError } from '../../platform/errors'
import { horizonsAt } from '../../recorder/horizons'
import { alignWindow, bucketCount } from '../cover'
import { SUBJECT_NAMES } from '../subject-names.server'
import { OTHER_KEY } from '../subjects'
import { usageSource } from '../usage-source.server'
import { GRANULARITIES, type Granularity, resolveWindow, type TimeWindow } from '../window'
import type { UsageAnswer, UsagePoint, UsageQuery } from './schema'

/** A week of minutes and a little more; beyond it nobody reads a chart and the answer only gets slow. */
const MAX_BUCKETS = 11_000

const pointRow = z.object({
  key: z.string(),
  /** Place of the key by tokens; one past the limit is everything else. */
  rank: z.number(),
  start: z.date(),
  requests: z.number(),
  prompt_tokens: z.number(),
  completion_tokens: z.number(),
  cost_micro_usd: z.number(),
  cost_known: z.number(),
})
type PointRow = z.infer<typeof pointRow>

/**
 * Usage over time, one series a key; keys beyond `limit` are summed as `other`. Reads rollups only.
 * Throws `bad_request` when the granularity is finer than what is kept that far back, or gives too many buckets.
 */
export async function readUsage(
  query: UsageQuery,
  { nowMs, showCost }: { nowMs: number; showCost: boolean },
): Promise<UsageAnswer> {
  const horizons = horizonsAt(nowMs)
  const window = alignWindow(resolveWindow(query, nowMs), horizons)
  checkGranularity(query.granularity, window, {
    minute: horizons.minuteFromMs,
    hour: horizons.hourFromMs,
    day: Number.NEGATIVE_INFINITY,
  })
  const rows = await readPoints(query, window)
  const series: UsageAnswer['series'] = []
  let lastRank = 0
  for (const row of rows) {
    if (row.rank !== lastRank) series.push({ key: row.key, points: [] })
    lastRank = row.rank
    series[series.length - 1]?.points.push(toPoint(row, showCost))
  }
  return {
    from: new Date(window.fromMs).toISOString(),
    to: new Date(window.toMs).toISOString(),
    granularity: query.granularity,
    series,
  }
}

function checkGranularity(
  granularity: Granularity,
  window: TimeWindow,
  keptFromMs: Record<Granularity, number>,
): void {
  const fail = (message: string) => {
    const coarser = GRANULARITIES[GRANULARITIES.indexOf(granularity) + 1]
    const hint = coarser ? ` Use granularity=${coarser}.` : ''
    throw new AppError('bad_request', `${message}${hint}`, { details: [{ path: 'granularity', message }] })
  }
  if (window.fromMs < keptFromMs[granularity]) {
    fail(`${granularity} rollups are kept from ${new Date(keptFromMs[granularity]).toISOString()} on.`)
  }
  const buckets = bucketCount(window, granularity)
  if (buckets > MAX_BUCKETS)
    fail(`This window has ${buckets} buckets of one ${granularity}; at most ${MAX_BUCKETS} are answered.`)
}

function toPoint(row: PointRow, showCost: boolean): UsagePoint {
  return {
    start: row.start.toISOString(),
    requests: row.requests,
    promptTokens: row.prompt_tokens,
    completionTokens: row.completion_tokens,
    totalTokens: row.prompt_tokens + row.completion_tokens,
    costUsd: showCost && row.cost_known > 0 ? row.cost_micro_usd / 1_000_000 : null,
  }
}

async function readPoints({ by, granularity, limit }: UsageQuery, window: TimeWindow): Promise<PointRow[]> {
  const { subject, join } = SUBJECT_NAMES[by]
  const source = usageSource({
    subject,
    windows: [window],
    measures: ['requests', 'prompt_tokens', 'completion_tokens', 'cost_micro_usd', 'cost_known'],
    coarsest: granularity,
  })
  const bucket = Prisma.raw(`date_bin('1 ${granularity}', bucket, 'epoch')`)
  const sums = Prisma.sql`sum(requests) AS requests, sum(prompt_tokens) AS prompt_tokens,
    sum(completion_tokens) AS completion_tokens, sum(cost_micro_usd) AS cost_micro_usd, sum(cost_known) AS cost_known`
  const rows = await db().$queryRaw(Prisma.sql`
    WITH source AS (
      SELECT ${bucket} AS start, key_id, ${sums} FROM ${source} AS rows GROUP BY 1, 2
    ),
    named AS MATERIALIZED (
      SELECT name.slug AS key, start, ${sums} FROM source ${join} GROUP BY 1, 2
    ),
    ranked AS (
      SELECT key, least(row_number() OVER (ORDER BY sum(prompt_tokens + completion_tokens) DESC, key), ${limit + 1})::int AS rank
      FROM named GROUP BY key
    )
    SELECT CASE WHEN rank <= ${limit} THEN key ELSE ${OTHER_KEY} END AS key, rank, start,
      sum(requests)::float8 AS requests, sum(prompt_tokens)::float8 AS prompt_tokens,
      sum(completion_tokens)::float8 AS completion_tokens, sum(cost_micro_usd)::float8 AS cost_micro_usd,
      sum(cost_known)::float8 AS cost_known
    FROM named JOIN ranked USING (key)
    GROUP BY 1, 2, 3
    ORDER BY rank, start`)
  return z.array(pointRow).parse(rows)
}

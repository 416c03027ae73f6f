import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { db } from '../../platform/db.server'
import { AppError } from '../../platform/errors'
import { OPERATIONS } from '../../records/vocabulary'
import { checkGranularity } from '../../time/check-granularity'
import { alignWindow } from '../../time/cover'
import { horizonsAt } from '../../time/horizons'
import { resolveWindow, type TimeWindow } from '../../time/window'
import { alignToHours } from '../model-usage-source.server'
import { countedOperations } from '../operation-parameter'
import { SUBJECT_NAMES } from '../subject-names.server'
import { OTHER_KEY } from '../subjects'
import { usageSource } from '../usage-source.server'
import { POINT_MEASURES, type PointRow, pointRow } from './point-row'
import { readUseCasePoints } from './read-use-case-points.server'
import type { UsageAnswer, UsagePoint, UsageQuery } from './schema'

/**
 * Usage over time, one series a key; keys beyond `limit` are summed as `other`. Reads rollups only. Counts chats and
 * completions unless asked otherwise. Within a use case the window is widened to whole hours.
 * Throws `bad_request` as checkGranularity does.
 */
export async function readUsage(
  query: UsageQuery,
  { nowMs, showCost }: { nowMs: number; showCost: boolean },
): Promise<UsageAnswer> {
  const horizons = horizonsAt(nowMs)
  const align = query.useCase === undefined ? alignWindow : alignToHours
  const window = align(resolveWindow(query, nowMs), horizons)
  const { granularity, limit } = query
  checkGranularity({ granularity, window, horizons, seriesCount: limit + 1, limit })
  const rows = await readRows(query, window)
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
    granularity,
    series,
  }
}

function readRows(query: UsageQuery, window: TimeWindow): Promise<PointRow[]> {
  const { useCase, granularity, limit } = query
  if (useCase === undefined) return readPoints(query, window)
  if (granularity !== 'minute') return readUseCasePoints({ useCase, granularity, limit, window })
  const message = 'models of a use case are kept by the hour and by the day'
  throw new AppError('bad_request', `granularity: ${message}; use granularity=hour.`, {
    details: [{ path: 'granularity', message }],
  })
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

/**
 * The first keys have their rows read one key at a time; everything else is the sum over all requests minus those, so
 * that the cost does not grow with the number of keys that nobody sees.
 */
async function readPoints(
  { by, granularity, limit: wanted, operation }: UsageQuery,
  window: TimeWindow,
): Promise<PointRow[]> {
  const { subject, join } = SUBJECT_NAMES[by]
  const operations = countedOperations({ by, operation })
  const limit = by === 'operation' ? Math.max(wanted, OPERATIONS.length) : wanted
  const windows = [window]
  const totals = usageSource({
    subject,
    windows,
    measures: ['prompt_tokens', 'completion_tokens'],
    operations,
  })
  const ofKey = usageSource({
    subject,
    windows,
    measures: POINT_MEASURES,
    coarsest: granularity,
    keyId: Prisma.sql`member.key_id`,
    operations,
  })
  const ofAll = usageSource({
    subject: 'caller_kind',
    windows,
    measures: POINT_MEASURES,
    coarsest: granularity,
    operations,
  })
  const start = Prisma.raw(`date_bin('1 ${granularity}', bucket, 'epoch')`)
  const sums = Prisma.raw(POINT_MEASURES.map((name) => `sum(${name}) AS ${name}`).join(', '))
  const rows = await db().$queryRaw(Prisma.sql`
    WITH source AS (
      SELECT key_id, sum(prompt_tokens + completion_tokens) AS tokens FROM ${totals} AS rows GROUP BY key_id
    ),
    ranked AS (
      SELECT name.slug AS key, array_agg(source.key_id) AS key_ids,
        row_number() OVER (ORDER BY sum(tokens) DESC, name.slug)::int AS rank
      FROM source ${join} GROUP BY name.slug ORDER BY rank LIMIT ${limit}
    ),
    top AS MATERIALIZED (
      SELECT key, rank, ${start} AS start, ${sums}
      FROM (SELECT key, rank, unnest(key_ids) AS key_id FROM ranked) AS member, LATERAL ${ofKey} AS rows
      GROUP BY 1, 2, 3
    ),
    other AS (
      SELECT start, ${sums} FROM (
        SELECT ${start} AS start, ${Prisma.raw(POINT_MEASURES.join(', '))} FROM ${ofAll} AS rows
        UNION ALL
        SELECT start, ${Prisma.raw(POINT_MEASURES.map((name) => `-${name}`).join(', '))} FROM top
      ) AS difference GROUP BY start HAVING sum(requests) > 0
    )
    SELECT key, rank, start, ${Prisma.raw(POINT_MEASURES.map((name) => `${name}::float8`).join(', '))}
    FROM (SELECT * FROM top UNION ALL SELECT ${OTHER_KEY}, ${limit + 1}, other.* FROM other) AS points
    ORDER BY rank, start`)
  return z.array(pointRow).parse(rows)
}

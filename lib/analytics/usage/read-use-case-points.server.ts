import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { db } from '../../platform/db.server'
import type { Granularity } from '../../time/time-buckets'
import type { TimeWindow } from '../../time/window'
import { modelsOfUseCase } from '../models-of-use-case.server'
import { SUBJECT_NAMES } from '../subject-names.server'
import { OTHER_KEY } from '../subjects'
import { POINT_MEASURES, type PointRow, pointRow } from './point-row'

/** Points of the models within one use case, the first `limit` by tokens each and the rest as `other`. */
export async function readUseCasePoints({
  useCase,
  granularity,
  limit,
  window,
}: {
  useCase: string
  granularity: Exclude<Granularity, 'minute'>
  limit: number
  /** Aligned by `alignToHours`. */
  window: TimeWindow
}): Promise<PointRow[]> {
  const source = await modelsOfUseCase({
    useCase,
    windows: [window],
    measures: POINT_MEASURES,
    coarsest: granularity,
  })
  const start = Prisma.raw(`date_bin('1 ${granularity}', bucket, 'epoch')`)
  const columns = Prisma.raw(POINT_MEASURES.join(', '))
  const sums = Prisma.raw(POINT_MEASURES.map((name) => `sum(${name})::float8 AS ${name}`).join(', '))
  const rows = await db().$queryRaw(Prisma.sql`
    WITH part AS MATERIALIZED (SELECT key_id, ${start} AS start, ${columns} FROM ${source} AS rows),
    source AS (SELECT key_id, sum(prompt_tokens + completion_tokens) AS tokens FROM part GROUP BY key_id),
    ranked AS (
      SELECT name.slug AS key, array_agg(source.key_id) AS key_ids,
        row_number() OVER (ORDER BY sum(tokens) DESC, name.slug)::int AS rank
      FROM source ${SUBJECT_NAMES.model.join} GROUP BY name.slug ORDER BY rank LIMIT ${limit}
    ),
    top AS (SELECT key, rank, unnest(key_ids) AS key_id FROM ranked)
    SELECT coalesce(key, ${OTHER_KEY}) AS key, coalesce(rank, ${limit + 1}) AS rank, start, ${sums}
    FROM part LEFT JOIN top USING (key_id)
    GROUP BY 2, 1, 3 ORDER BY 2, 3`)
  return z.array(pointRow).parse(rows)
}

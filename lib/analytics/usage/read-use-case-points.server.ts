import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { db } from '../../platform/db.server'
import type { Granularity } from '../../platform/time-buckets'
import { modelsOfUseCase } from '../models-of-use-case.server'
import { SUBJECT_NAMES } from '../subject-names.server'
import { OTHER_KEY } from '../subjects'
import type { TimeWindow } from '../window'
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
  const sums = (cast: string) =>
    Prisma.raw(POINT_MEASURES.map((name) => `sum(${name})${cast} AS ${name}`).join(', '))
  const rows = await db().$queryRaw(Prisma.sql`
    WITH named AS (
      SELECT name.slug AS key, ${start} AS start, ${sums('')}
      FROM ${source} AS source ${SUBJECT_NAMES.model.join} GROUP BY 1, 2
    ),
    ranked AS (
      SELECT key, row_number() OVER (ORDER BY sum(prompt_tokens + completion_tokens) DESC, key)::int AS rank
      FROM named GROUP BY key
    )
    SELECT CASE WHEN rank <= ${limit} THEN key ELSE ${OTHER_KEY} END AS key, least(rank, ${limit + 1}) AS rank, start,
      ${sums('::float8')}
    FROM named JOIN ranked USING (key)
    GROUP BY 1, 2, 3 ORDER BY 2, 3`)
  return z.array(pointRow).parse(rows)
}

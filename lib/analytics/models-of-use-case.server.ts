import { Prisma } from '@/prisma/generated/client'
import { db } from '../platform/db.server'
import type { ModelUsageMeasure } from '../recorder/measures'
import type { Granularity } from '../time/time-buckets'
import type { TimeWindow } from '../time/window'
import { modelUsageSource } from './model-usage-source.server'

/** Ids begin at 0; this one is nobody's. */
const NO_ID = -1

/**
 * The usage of models within one use case, shaped as `usageSource` gives that of a subject: `key_id` is the model's.
 * Windows must be aligned by `alignToHours`. A use case that no request has gives no rows.
 */
export async function modelsOfUseCase({
  useCase,
  measures,
  ...source
}: {
  useCase: string
  windows: readonly TimeWindow[]
  measures: readonly ModelUsageMeasure[]
  coarsest?: Exclude<Granularity, 'minute'>
}): Promise<Prisma.Sql> {
  const row = await db().useCase.findUnique({ where: { slug: useCase }, select: { id: true } })
  const usage = modelUsageSource({ ...source, dimension: 'use_case', measures, keyId: row?.id ?? NO_ID })
  return Prisma.sql`(
    SELECT window_index, bucket, model_id AS key_id, ${Prisma.raw(measures.join(', '))} FROM ${usage} AS by_model
  )`
}

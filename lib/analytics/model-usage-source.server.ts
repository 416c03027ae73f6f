import { Prisma } from '@/prisma/generated/client'
import type { ModelDimension, ModelUsageMeasure } from '../recorder/measures'
import { alignWindow, coverWindow } from '../time/cover'
import type { Horizons } from '../time/horizons'
import type { Granularity } from '../time/time-buckets'
import type { TimeWindow } from '../time/window'

/**
 * A window as the usage of models by app and use case is kept: widened outward to whole hours, or whole days where only
 * days are kept. An answer made of `modelUsageSource` says that it covers this.
 */
export function alignToHours(window: TimeWindow, horizons: Horizons): TimeWindow {
  return alignWindow(window, horizons, 'hour')
}

/**
 * A subquery with the usage of models by app or by use case in some windows of `alignToHours`: rollup rows and the
 * partial sums that wait to be folded, so that the sum over it is exact at every moment. Columns: `window_index`
 * (position in `windows`), `bucket`, `model_id`, `key_id` (the app's or use case's id, 0 = none named) and the measures
 * asked for. Name some models or one key where a page needs no more: the rows are many.
 */
export function modelUsageSource({
  dimension,
  windows,
  measures,
  coarsest = 'day',
  modelIds,
  keyId,
}: {
  dimension: ModelDimension
  windows: readonly TimeWindow[]
  measures: readonly ModelUsageMeasure[]
  coarsest?: Exclude<Granularity, 'minute'>
  modelIds?: readonly number[]
  /** One app or use case. */
  keyId?: number
}): Prisma.Sql {
  const columns = Prisma.raw(measures.join(', '))
  const read = (table: string, index: number, { fromMs, toMs }: TimeWindow) => Prisma.sql`
    SELECT ${Prisma.raw(String(index))} AS window_index, bucket, model_id, key_id, ${columns}
    FROM ${Prisma.raw(table)}
    WHERE dimension = ${Prisma.raw(`'${dimension}'`)} AND bucket >= ${new Date(fromMs)} AND bucket < ${new Date(toMs)}
      ${modelIds ? Prisma.sql`AND model_id = ANY (${[...modelIds]}::int[])` : Prisma.empty}
      ${keyId === undefined ? Prisma.empty : Prisma.sql`AND key_id = ${keyId}`}`
  const parts = windows.flatMap((window, index) => [
    ...coverWindow(window, coarsest).map((segment) =>
      read(`model_usage_${segment.granularity}`, index, segment),
    ),
    read('model_usage_inbox', index, window),
  ])
  return Prisma.sql`(${Prisma.join(parts, ' UNION ALL ')})`
}

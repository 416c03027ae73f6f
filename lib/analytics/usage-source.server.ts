import { Prisma } from '@/prisma/generated/client'
import type { UsageMeasure, UsageSubjectName } from '../recorder/measures'
import { coverWindow } from '../time/cover'
import type { Granularity } from '../time/time-buckets'
import type { TimeWindow } from '../time/window'

/**
 * A subquery with the usage of one subject in some aligned windows: rollup rows and the partial sums that wait to be
 * folded, so that the sum over it is exact at every moment. Columns: `window_index` (position in `windows`),
 * `bucket`, `key_id` and the measures asked for.
 */
export function usageSource({
  subject,
  windows,
  measures,
  coarsest = 'day',
  keyId,
}: {
  subject: UsageSubjectName
  windows: readonly TimeWindow[]
  measures: readonly UsageMeasure[]
  coarsest?: Granularity
  /** Only this key: an expression of an outer query that joins the source LATERAL. */
  keyId?: Prisma.Sql
}): Prisma.Sql {
  const columns = Prisma.raw(measures.join(', '))
  const read = (table: string, index: number, { fromMs, toMs }: TimeWindow) => Prisma.sql`
    SELECT ${Prisma.raw(String(index))} AS window_index, bucket, key_id, ${columns}
    FROM ${Prisma.raw(table)}
    WHERE subject = ${Prisma.raw(`'${subject}'`)} AND bucket >= ${new Date(fromMs)} AND bucket < ${new Date(toMs)}
      ${keyId ? Prisma.sql`AND key_id = ${keyId}` : Prisma.empty}`
  const parts = windows.flatMap((window, index) => [
    ...coverWindow(window, coarsest).map((segment) => read(`usage_${segment.granularity}`, index, segment)),
    read('usage_inbox', index, window),
  ])
  return Prisma.sql`(${Prisma.join(parts, ' UNION ALL ')})`
}

import { Prisma } from '@/prisma/generated/client'
import type { UsageMeasure, UsageSubjectName } from '../recorder/measures'
import { TEXT_OPERATIONS } from '../records/operation'
import type { Operation } from '../records/vocabulary'
import { coverWindow } from '../time/cover'
import type { Granularity } from '../time/time-buckets'
import type { TimeWindow } from '../time/window'

/** Requests of which operations count. */
export type CountedOperations = readonly Operation[] | 'all'

/**
 * A subquery with the usage of one subject in some aligned windows: rollup rows and the partial sums that wait to be
 * folded, so that the sum over it is exact at every moment. Columns: `window_index` (position in `windows`),
 * `bucket`, `key_id` (of the subject `operation` its name) and the measures asked for. Counts chats and completions,
 * unless told which `operations`.
 */
export function usageSource({
  subject,
  windows,
  measures,
  coarsest = 'day',
  keyId,
  operations = TEXT_OPERATIONS,
}: {
  subject: UsageSubjectName | 'operation'
  windows: readonly TimeWindow[]
  measures: readonly UsageMeasure[]
  coarsest?: Granularity
  /** Only this key: an expression of an outer query that joins the source LATERAL. */
  keyId?: Prisma.Sql
  operations?: CountedOperations
}): Prisma.Sql {
  const columns = Prisma.raw(measures.join(', '))
  // Every request has one caller kind, and each row is of one operation.
  const [rows, key] =
    subject === 'operation' ? ['caller_kind', Prisma.raw('operation')] : [subject, Prisma.raw('key_id')]
  const read = (table: string, index: number, { fromMs, toMs }: TimeWindow) => Prisma.sql`
    SELECT ${Prisma.raw(String(index))} AS window_index, bucket, ${key} AS key_id, ${columns}
    FROM ${Prisma.raw(table)}
    WHERE subject = ${Prisma.raw(`'${rows}'`)} ${operationIn(operations)} AND bucket >= ${new Date(fromMs)} AND bucket < ${new Date(toMs)}
      ${keyId ? Prisma.sql`AND ${key} = ${keyId}` : Prisma.empty}`
  const parts = windows.flatMap((window, index) => [
    ...coverWindow(window, coarsest).map((segment) => read(`usage_${segment.granularity}`, index, segment)),
    read('usage_inbox', index, window),
  ])
  return Prisma.sql`(${Prisma.join(parts, ' UNION ALL ')})`
}

/** A condition on the column `operation`, as SQL that starts with AND; empty when all count. */
export function operationIn(operations: CountedOperations): Prisma.Sql {
  if (operations === 'all') return Prisma.empty
  return Prisma.raw(`AND operation IN (${operations.map((name) => `'${name}'`).join(', ')})`)
}

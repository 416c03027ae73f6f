import { Prisma } from '@/prisma/generated/client'
import { TOOL_MEASURES } from '../recorder/measures'
import { coverWindow } from '../time/cover'
import type { Granularity } from '../time/time-buckets'
import type { TimeWindow } from '../time/window'

/**
 * A subquery with the calls of tools, by verdict, in some windows of `alignToHours` (model-usage-source.server.ts):
 * rollup rows and the partial sums that wait to be folded, so that the sum over it is exact at every moment. Columns:
 * `window_index` (position in `windows`), `bucket`, `tool_id` (0 = names beyond those that are kept) and `calls_…`.
 */
export function toolSource({
  windows,
  coarsest = 'day',
  toolId,
}: {
  windows: readonly TimeWindow[]
  coarsest?: Exclude<Granularity, 'minute'>
  /** One tool; all when left out. */
  toolId?: number
}): Prisma.Sql {
  const columns = Prisma.raw(TOOL_MEASURES.join(', '))
  const read = (table: string, index: number, { fromMs, toMs }: TimeWindow) => Prisma.sql`
    SELECT ${Prisma.raw(String(index))} AS window_index, bucket, tool_id, ${columns}
    FROM ${Prisma.raw(table)}
    WHERE bucket >= ${new Date(fromMs)} AND bucket < ${new Date(toMs)}
      ${toolId === undefined ? Prisma.empty : Prisma.sql`AND tool_id = ${toolId}`}`
  const parts = windows.flatMap((window, index) => [
    ...coverWindow(window, coarsest).map((segment) => read(`tool_${segment.granularity}`, index, segment)),
    read('tool_inbox', index, window),
  ])
  return Prisma.sql`(${Prisma.join(parts, ' UNION ALL ')})`
}

import { Prisma } from '@/prisma/generated/client'
import type { Granularity } from '../platform/time-buckets'
import { ATTEMPT_SUM_COLUMNS } from './attempt-figures'
import { coverWindow } from './cover'
import type { TimeWindow } from './window'

/**
 * A subquery with the attempts of some endpoints in an aligned window: rollup rows and the partial sums that wait to be
 * folded, so that the sum over it is exact at every moment. Columns: `bucket`, `endpoint_id`, all measures, and the
 * histograms of latency and throughput.
 */
export function endpointSource({
  window,
  endpointIds,
  coarsest = 'day',
}: {
  window: TimeWindow
  /** All of them when left out. */
  endpointIds?: readonly number[]
  coarsest?: Granularity
}): Prisma.Sql {
  const read = (table: string, { fromMs, toMs }: TimeWindow) => Prisma.sql`
    SELECT bucket, endpoint_id, ${Prisma.raw(ATTEMPT_SUM_COLUMNS.join(', '))} FROM ${Prisma.raw(table)}
    WHERE bucket >= ${new Date(fromMs)} AND bucket < ${new Date(toMs)}
      ${endpointIds ? Prisma.sql`AND endpoint_id = ANY (${[...endpointIds]}::int[])` : Prisma.empty}`
  const parts = [
    ...coverWindow(window, coarsest).map((segment) => read(`endpoint_${segment.granularity}`, segment)),
    read('endpoint_inbox', window),
  ]
  return Prisma.sql`(${Prisma.join(parts, ' UNION ALL ')})`
}

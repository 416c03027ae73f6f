import { Prisma } from '@/prisma/generated/client'
import { coverWindow, type Segment } from '../time/cover'
import type { Granularity } from '../time/time-buckets'
import type { TimeWindow } from '../time/window'
import { ATTEMPT_SUM_COLUMNS } from './attempt-figures'

const COLUMNS = Prisma.raw(ATTEMPT_SUM_COLUMNS.join(', '))

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
  endpointIds: readonly number[]
  coarsest?: Granularity
}): Prisma.Sql {
  const ids = Prisma.sql`${[...endpointIds]}::int[]`
  const parts = [
    ...coverWindow(window, coarsest).map((segment) =>
      segment.granularity === 'minute' ? readRange('endpoint_minute', segment, ids) : readRows(segment, ids),
    ),
    readRange('endpoint_inbox', window, ids),
  ]
  return Prisma.sql`(${Prisma.join(parts, ' UNION ALL ')})`
}

function readRange(
  table: 'endpoint_minute' | 'endpoint_inbox',
  { fromMs, toMs }: TimeWindow,
  ids: Prisma.Sql,
): Prisma.Sql {
  return Prisma.sql`
    SELECT bucket, endpoint_id, ${COLUMNS} FROM ${Prisma.raw(table)}
    WHERE bucket >= ${new Date(fromMs)} AND bucket < ${new Date(toMs)}
      AND endpoint_id = ANY (${ids})`
}

/**
 * Row by row through the primary key: few of thousands of endpoints are asked for, and a range of buckets would walk
 * past the rows of all. LIMIT keeps the planner from doing so.
 */
function readRows({ fromMs, toMs, granularity }: Segment, ids: Prisma.Sql): Prisma.Sql {
  const step = Prisma.raw(`interval '1 ${granularity}'`)
  return Prisma.sql`
    SELECT kept.* FROM unnest(${ids}) AS wanted (id),
      generate_series(${new Date(fromMs)}::timestamptz, ${new Date(toMs)}::timestamptz - ${step}, ${step}) AS start,
      LATERAL (
        SELECT bucket, endpoint_id, ${COLUMNS} FROM ${Prisma.raw(`endpoint_${granularity}`)} AS rollup
        WHERE rollup.bucket = start AND rollup.endpoint_id = wanted.id LIMIT 1
      ) AS kept`
}

import { Prisma } from '@/prisma/generated/client'
import type { EndpointHistogram, EndpointMeasure } from '../recorder/measures'
import { coverWindow, coverWithWeeks } from '../time/cover'
import type { RollupGrain } from '../time/time-buckets'
import type { TimeWindow } from '../time/window'

/**
 * A subquery with the attempts at providers in some aligned windows: whole hours, days and weeks from the providers' own
 * rollups, finer ends and the partial sums that wait to be folded from their endpoints', so that the sum over it is
 * exact at every moment. Columns: `window_index` (position in `windows`), `bucket`, `provider_id` and the columns asked
 * for; a histogram is a list of entries (lib/recorder/histogram.ts). A series names its bucket as `coarsest`.
 */
export function providerSource({
  windows,
  columns,
  coarsest = 'week',
  providerIds,
}: {
  windows: readonly TimeWindow[]
  columns: readonly (EndpointMeasure | EndpointHistogram)[]
  coarsest?: RollupGrain
  /** Only these; all when left out. */
  providerIds?: readonly number[]
}): Prisma.Sql {
  const parts = windows.flatMap((window, index) => [
    ...(coarsest === 'week' ? coverWithWeeks(window) : coverWindow(window, coarsest)).map((segment) =>
      read({ table: tableOf(segment.granularity), index, window: segment, columns, providerIds }),
    ),
    read({ table: 'endpoint_inbox', index, window, columns, providerIds }),
  ])
  return Prisma.sql`(${Prisma.join(parts, ' UNION ALL ')})`
}

/** Providers have no minutes of their own: few are read, and endpoints have them. */
function tableOf(grain: RollupGrain) {
  return grain === 'minute' ? 'endpoint_minute' : (`provider_${grain}` as const)
}

const PROVIDER_OF_ENDPOINT = Prisma.sql`
  JOIN (SELECT id AS endpoint_id, provider_id FROM endpoint) AS endpoint USING (endpoint_id)`

function read({
  table,
  index,
  window,
  columns,
  providerIds,
}: {
  table: ReturnType<typeof tableOf> | 'endpoint_inbox'
  index: number
  window: TimeWindow
  columns: readonly string[]
  providerIds: readonly number[] | undefined
}): Prisma.Sql {
  const isOfEndpoints = table === 'endpoint_inbox' || table === 'endpoint_minute'
  return Prisma.sql`
    SELECT ${Prisma.raw(String(index))} AS window_index, bucket, provider_id, ${Prisma.raw(columns.join(', '))}
    FROM ${Prisma.raw(table)} ${isOfEndpoints ? PROVIDER_OF_ENDPOINT : Prisma.empty}
    WHERE bucket >= ${new Date(window.fromMs)} AND bucket < ${new Date(window.toMs)}
      ${providerIds ? Prisma.sql`AND provider_id = ANY (${[...providerIds]}::int[])` : Prisma.empty}`
}

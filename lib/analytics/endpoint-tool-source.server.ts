import { Prisma } from '@/prisma/generated/client'
import { ENDPOINT_TOOL_MEASURES } from '../recorder/measures'
import { coverWithWeeks } from '../time/cover'
import type { TimeWindow } from '../time/window'

const COLUMNS = Prisma.raw(ENDPOINT_TOOL_MEASURES.join(', '))

/**
 * A subquery with the tool calls of all endpoints in an aligned window: whole hours, days and weeks from their own
 * narrow rollups, finer ends and what waits to be folded from endpoint_*, so that the sum over it is exact at every
 * moment. An endpoint with attempts has rows even without tools. Columns: `endpoint_id` and ENDPOINT_TOOL_MEASURES.
 */
export function endpointToolSource(window: TimeWindow): Prisma.Sql {
  const parts = [
    ...coverWithWeeks(window).map((segment) =>
      segment.granularity === 'minute'
        ? read('endpoint_minute', segment)
        : read(`endpoint_tool_${segment.granularity}`, segment),
    ),
    read('endpoint_inbox', window),
  ]
  return Prisma.sql`(${Prisma.join(parts, ' UNION ALL ')})`
}

function read(table: string, { fromMs, toMs }: TimeWindow): Prisma.Sql {
  return Prisma.sql`
    SELECT endpoint_id, ${COLUMNS} FROM ${Prisma.raw(table)}
    WHERE bucket >= ${new Date(fromMs)} AND bucket < ${new Date(toMs)}`
}

import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { db } from '../platform/db.server'
import { isCountedError } from '../records/error-class'
import { ERROR_CLASSES } from '../records/vocabulary'
import { coverWindow } from '../time/cover'
import { floorToBucket, GRANULARITY_MS } from '../time/time-buckets'
import type { TimeWindow } from '../time/window'
import { type AttemptCounts, type EndpointHealthSums, NO_HEALTH_SUMS } from './derive-health'

const SHORT_MS = 5 * GRANULARITY_MS.minute
const RECENT_MS = 30 * GRANULARITY_MS.minute

/** The error classes that uptime counts, added up. */
const COUNTED_ERRORS = Prisma.raw(ERROR_CLASSES.filter(isCountedError).join(' + '))

const ENABLED = Prisma.sql`IN (SELECT id FROM endpoint WHERE enabled)`

const recentRow = z.object({
  endpoint_id: z.number(),
  attempts: z.number(),
  ok: z.number(),
  counted_errors: z.number(),
  short_attempts: z.number(),
  short_ok: z.number(),
  short_counted_errors: z.number(),
  first_token: z.array(z.number()),
  short_first_token: z.array(z.number()),
  throughput: z.array(z.number()),
  short_throughput: z.array(z.number()),
})

const dayRow = z.object({
  endpoint_id: z.number(),
  attempts: z.number(),
  ok: z.number(),
  counted_errors: z.number(),
  checked_tool_call_attempts: z.number(),
  bad_tool_call_attempts: z.number(),
})

/** Over how long percentiles are wanted: histograms are what costs, and the gateway needs the short ones alone. */
export type PercentileWindows = '5_minutes' | '5_and_30_minutes'

/**
 * Sums of the last 5 and 30 minutes and of the last day (whole UTC hours, the running one included) by endpoint id;
 * endpoints without an attempt in them are missing. Rollups and what waits to be folded, so exact; two small queries
 * that may run every few seconds. Without `endpointIds` all enabled endpoints. The 30-minute histograms are empty
 * unless asked for. Attempts count in the minute their request started.
 */
export async function readEndpointHealth({
  nowMs,
  endpointIds,
  percentiles = '5_minutes',
}: {
  nowMs: number
  endpointIds?: readonly number[]
  percentiles?: PercentileWindows
}): Promise<Map<number, EndpointHealthSums>> {
  const [recent, day] = await Promise.all([
    readRecent({ nowMs, endpointIds, percentiles }),
    readDay({ nowMs, endpointIds }),
  ])
  const health = new Map<number, EndpointHealthSums>()
  for (const row of day) {
    health.set(row.endpoint_id, {
      ...NO_HEALTH_SUMS,
      lastDay: countsOf(row),
      checkedToolCallAttempts: row.checked_tool_call_attempts,
      badToolCallAttempts: row.bad_tool_call_attempts,
    })
  }
  for (const row of recent) {
    health.set(row.endpoint_id, {
      ...(health.get(row.endpoint_id) ?? NO_HEALTH_SUMS),
      last30Minutes: countsOf(row),
      last5Minutes: {
        attempts: row.short_attempts,
        ok: row.short_ok,
        countedErrors: row.short_counted_errors,
      },
      timeToFirstTokenMs5Minutes: row.short_first_token,
      timeToFirstTokenMs30Minutes: row.first_token,
      tokensPerSecond5Minutes: row.short_throughput,
      tokensPerSecond30Minutes: row.throughput,
    })
  }
  return health
}

type Selection = { nowMs: number; endpointIds: readonly number[] | undefined }

function countsOf(row: { attempts: number; ok: number; counted_errors: number }): AttemptCounts {
  return { attempts: row.attempts, ok: row.ok, countedErrors: row.counted_errors }
}

/** Counts and histograms are scanned apart, because the histograms are most of a row. */
async function readRecent({
  nowMs,
  endpointIds,
  percentiles,
}: Selection & { percentiles: PercentileWindows }): Promise<z.infer<typeof recentRow>[]> {
  const toMs = floorToBucket(nowMs, 'minute') + GRANULARITY_MS.minute
  const window = { fromMs: toMs - RECENT_MS, toMs }
  const short = { fromMs: toMs - SHORT_MS, toMs }
  const histogramWindow = percentiles === '5_minutes' ? short : window
  const isShort = Prisma.sql`bucket >= ${new Date(short.fromMs)}`
  const source = (columns: Prisma.Sql, of: TimeWindow) => Prisma.sql`(
    ${readTable({ table: 'endpoint_minute', columns, window: of, endpointIds })} UNION ALL
    ${readTable({ table: 'endpoint_inbox', columns, window: of, endpointIds })}
  ) AS source`
  const histogram = (column: HistogramColumn) =>
    addedHistogram({ column, isShort, source: source(Prisma.raw(column), histogramWindow) })
  const counts = Prisma.sql`attempts, ok, ${COUNTED_ERRORS} AS counted_errors`
  const isAsked = Prisma.raw(percentiles === '5_minutes' ? 'false' : 'true')
  const rows = await db().$queryRaw(Prisma.sql`
    WITH counts AS (
      SELECT endpoint_id, sum(attempts)::float8 AS attempts, sum(ok)::float8 AS ok,
        sum(counted_errors)::float8 AS counted_errors,
        coalesce(sum(attempts) FILTER (WHERE ${isShort}), 0)::float8 AS short_attempts,
        coalesce(sum(ok) FILTER (WHERE ${isShort}), 0)::float8 AS short_ok,
        coalesce(sum(counted_errors) FILTER (WHERE ${isShort}), 0)::float8 AS short_counted_errors
      FROM ${source(counts, window)} GROUP BY endpoint_id
    ),
    first_token AS (${histogram('time_to_first_token_ms')}),
    throughput AS (${histogram('tokens_per_second')})
    SELECT counts.*,
      CASE WHEN ${isAsked} THEN coalesce(first_token.entries, '{}') ELSE '{}' END AS first_token,
      coalesce(first_token.short_entries, '{}') AS short_first_token,
      CASE WHEN ${isAsked} THEN coalesce(throughput.entries, '{}') ELSE '{}' END AS throughput,
      coalesce(throughput.short_entries, '{}') AS short_throughput
    FROM counts LEFT JOIN first_token USING (endpoint_id) LEFT JOIN throughput USING (endpoint_id)`)
  return z.array(recentRow).parse(rows)
}

async function readDay({ nowMs, endpointIds }: Selection): Promise<z.infer<typeof dayRow>[]> {
  const toMs = floorToBucket(nowMs, 'hour') + GRANULARITY_MS.hour
  const window = { fromMs: toMs - GRANULARITY_MS.day, toMs }
  const columns = Prisma.sql`attempts, ok, ${COUNTED_ERRORS} AS counted_errors, checked_tool_call_attempts, bad_tool_call_attempts`
  const parts = [
    ...coverWindow(window).map((segment) =>
      readTable({ table: `endpoint_${segment.granularity}`, columns, window: segment, endpointIds }),
    ),
    readTable({ table: 'endpoint_inbox', columns, window, endpointIds }),
  ]
  const rows = await db().$queryRaw(Prisma.sql`
    SELECT endpoint_id, sum(attempts)::float8 AS attempts, sum(ok)::float8 AS ok,
      sum(counted_errors)::float8 AS counted_errors,
      sum(checked_tool_call_attempts)::float8 AS checked_tool_call_attempts,
      sum(bad_tool_call_attempts)::float8 AS bad_tool_call_attempts
    FROM (${Prisma.join(parts, ' UNION ALL ')}) AS source GROUP BY endpoint_id`)
  return z.array(dayRow).parse(rows)
}

function readTable({
  table,
  columns,
  window,
  endpointIds,
}: {
  table: 'endpoint_inbox' | 'endpoint_minute' | 'endpoint_hour' | 'endpoint_day'
  columns: Prisma.Sql
  window: TimeWindow
  endpointIds: readonly number[] | undefined
}): Prisma.Sql {
  return Prisma.sql`
    SELECT bucket, endpoint_id, ${columns} FROM ${Prisma.raw(table)}
    WHERE bucket >= ${new Date(window.fromMs)} AND bucket < ${new Date(window.toMs)}
      AND endpoint_id ${endpointIds ? Prisma.sql`= ANY (${[...endpointIds]}::int[])` : ENABLED}`
}

type HistogramColumn = 'time_to_first_token_ms' | 'tokens_per_second'

/**
 * Each endpoint's entries of a histogram column, each bin once, so that few numbers travel; as doubles, which hold them
 * exactly.
 */
function addedHistogram({
  column,
  isShort,
  source,
}: {
  column: HistogramColumn
  isShort: Prisma.Sql
  source: Prisma.Sql
}): Prisma.Sql {
  return Prisma.sql`
    SELECT endpoint_id, array_agg(((bin << 40) + hits)::float8) AS entries,
      array_agg(((bin << 40) + short_hits)::float8) FILTER (WHERE short_hits > 0) AS short_entries
    FROM (
      SELECT endpoint_id, bin, sum(entry - (bin << 40))::bigint AS hits,
        coalesce(sum(entry - (bin << 40)) FILTER (WHERE ${isShort}), 0)::bigint AS short_hits
      FROM ${source}, unnest(${Prisma.raw(column)}) AS entry,
        LATERAL (SELECT (entry + (1::bigint << 39)) >> 40 AS bin) AS binned
      GROUP BY 1, 2
    ) AS bins GROUP BY endpoint_id`
}

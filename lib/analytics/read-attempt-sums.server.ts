import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { db } from '../platform/db.server'
import { histogramEntry } from '../recorder/histogram'
import { ENDPOINT_MEASURES } from '../recorder/measures'
import { type AttemptSums, toAttemptSums } from './attempt-figures'

/** Numbers between blanks: many small arrays reach us several times faster as text. */
const numbers = z.string().transform((text) => (text === '' ? [] : text.split(' ').map(Number)))
/** Bins and counts in turn; null where nothing was counted. */
const histogram = numbers.nullable().transform((halves) => {
  const entries: number[] = []
  for (let at = 0; halves && at < halves.length; at += 2) {
    entries.push(histogramEntry(halves[at] ?? 0, halves[at + 1] ?? 0))
  }
  return entries
})

const sumsRow = z.object({
  key: z.number(),
  measures: numbers,
  first_token: histogram,
  throughput: histogram,
})

const MEASURES = Prisma.raw(ENDPOINT_MEASURES.map((name) => `sum(${name})`).join(', '))

/**
 * Attempts added up by a numeric key. `source` is a subquery with the columns of endpoint-source.server.ts, `key` an
 * expression of them. Histograms come with each bin once, so that few numbers travel.
 */
export async function readAttemptSums({
  source,
  key,
}: {
  source: Prisma.Sql
  key: Prisma.Sql
}): Promise<Map<number, AttemptSums>> {
  const rows = await db().$queryRaw(Prisma.sql`
    WITH counts AS (SELECT ${key} AS key, concat_ws(' ', ${MEASURES}) AS measures FROM ${source} AS source GROUP BY 1),
    first_token AS (${addedHistogram({ source, key, column: 'time_to_first_token_ms' })}),
    throughput AS (${addedHistogram({ source, key, column: 'tokens_per_second' })})
    SELECT key::float8, measures, first_token.entries AS first_token, throughput.entries AS throughput
    FROM counts LEFT JOIN first_token USING (key) LEFT JOIN throughput USING (key)
    ORDER BY key`)
  return new Map(
    z
      .array(sumsRow)
      .parse(rows)
      .map((row) => [
        row.key,
        toAttemptSums({
          measures: row.measures,
          timeToFirstTokenMs: row.first_token,
          tokensPerSecond: row.throughput,
        }),
      ]),
  )
}

function addedHistogram({
  source,
  key,
  column,
}: {
  source: Prisma.Sql
  key: Prisma.Sql
  column: 'time_to_first_token_ms' | 'tokens_per_second'
}): Prisma.Sql {
  return Prisma.sql`
    SELECT key, string_agg(concat_ws(' ', bin, hits), ' ') AS entries
    FROM (
      SELECT ${key} AS key, entry >> 40 AS bin, sum(entry & ((1::bigint << 40) - 1))::bigint AS hits
      FROM ${source} AS source, unnest(${Prisma.raw(column)}) AS entry GROUP BY 1, 2
    ) AS bins GROUP BY key`
}

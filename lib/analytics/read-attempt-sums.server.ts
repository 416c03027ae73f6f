import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { db } from '../platform/db.server'
import { readSentHistograms } from '../recorder/histogram'
import { ENDPOINT_MEASURES } from '../recorder/measures'
import { type AttemptSums, toAttemptSums } from './attempt-figures'

/** Numbers between blanks: many small arrays reach us several times faster as text. */
const numbers = z.string().transform((text) => text.split(' ').map(Number))
/** Bytes on their way through the database client as text, which it hands on untouched. */
const histogram = z.string().transform((base64) => readSentHistograms(Buffer.from(base64, 'base64')))

const sumsRow = z.object({
  key: z.number(),
  measures: numbers,
  first_token: histogram,
  throughput: histogram,
})

const MEASURES = Prisma.raw(ENDPOINT_MEASURES.map((name) => `sum(${name})`).join(', '))

/**
 * Attempts added up by a numeric key. `source` is a subquery with the columns of endpoint-source.server.ts, `key` an
 * expression of them.
 */
export async function readAttemptSums({
  source,
  key,
}: {
  source: Prisma.Sql
  key: Prisma.Sql
}): Promise<Map<number, AttemptSums>> {
  const rows = await db().$queryRaw(Prisma.sql`
    SELECT (${key})::float8 AS key, concat_ws(' ', ${MEASURES}) AS measures,
      encode(string_agg(array_send(time_to_first_token_ms), ''), 'base64') AS first_token,
      encode(string_agg(array_send(tokens_per_second), ''), 'base64') AS throughput
    FROM ${source} AS source GROUP BY 1 ORDER BY 1`)
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

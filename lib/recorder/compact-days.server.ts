import type pg from 'pg'
import { floorToBucket } from '../time/time-buckets'
import { ROLLUP_TABLES } from './families'
import { underFoldLock } from './fold-lock.server'

/** Lists of up to this many entries gain too little to be written again. */
const SHORT_LIST = 16
/** A day is done again when late attempts have added more than a twentieth. */
const GROWTH = 1.05

/**
 * Compacts the histograms of UTC days that have ended, newest first. While a bucket fills, folding only appends to its
 * lists, which is cheap; what is read for ever after should be as short as its bins. Changes no answer. A day that was
 * compacted before is done again when it has grown or was rebuilt. Returns the days done; `signal` stops it after a day.
 */
export async function compactEndedDays(
  client: pg.ClientBase,
  nowMs: number,
  signal?: AbortSignal,
): Promise<string[]> {
  const answer = await client.query<{ day: string }>(
    `SELECT to_char(day, 'YYYY-MM-DD') AS day FROM fact_day
     JOIN (
       SELECT (bucket AT TIME ZONE 'UTC')::date AS day, sum(attempts) AS attempts FROM provider_day GROUP BY 1
     ) AS sums USING (day)
     WHERE day < $1::date AND sums.attempts > coalesce(compacted_attempts, 0) * ${GROWTH}
     ORDER BY fact_day.day DESC`,
    [new Date(floorToBucket(nowMs, 'day'))],
  )
  const done: string[] = []
  for (const { day } of answer.rows) {
    if (signal?.aborted) break
    await compactDay(client, day)
    done.push(day)
  }
  return done
}

async function compactDay(client: pg.ClientBase, day: string): Promise<void> {
  for (const { table, grain, rollups } of ROLLUP_TABLES) {
    if (rollups.histograms.length === 0 || grain === 'minute') continue
    const [from, days] = grain === 'week' ? [`date_trunc('week', $1::date)`, 7] : ['$1::date', 1]
    const start = `(${from})::timestamp AT TIME ZONE 'UTC'`
    const isLong = rollups.histograms.map((name) => `cardinality(${name}) > ${SHORT_LIST}`).join(' OR ')
    const compacted = rollups.histograms.map((name) => `${name} = compact_histogram(${name})`).join(', ')
    // Row after row in another order than folding takes them, the two could wait for each other for ever.
    await underFoldLock(client, () =>
      client.query(
        `UPDATE ${table} SET ${compacted}
         WHERE bucket >= ${start} AND bucket < ${start} + interval '${days} days' AND (${isLong})`,
        [day],
      ),
    )
  }
  await client.query(
    `UPDATE fact_day SET compacted_attempts = (
       SELECT coalesce(sum(attempts), 0) FROM provider_day WHERE bucket = $1::date::timestamp AT TIME ZONE 'UTC'
     ) WHERE day = $1::date`,
    [day],
  )
}

import type pg from 'pg'
import { ceilToBucket, floorToBucket, GRANULARITY_MS } from '../time/time-buckets'
import { underFoldLock } from './fold-lock.server'

/**
 * Opens the UTC days again that `[fromMs, toMs)` touches and whose facts were dropped, as after a clock that ran ahead:
 * their records are accepted from now on. Their rollups go on counting what was dropped, so that a request which was
 * recorded before the drop and is sent again counts twice, and such a day is never rebuilt. Returns the days opened.
 */
export async function reopenDays(
  client: pg.ClientBase,
  { fromMs, toMs }: { fromMs: number; toMs: number },
): Promise<string[]> {
  const opened: string[] = []
  const end = ceilToBucket(toMs, 'day')
  for (let dayMs = floorToBucket(fromMs, 'day'); dayMs < end; dayMs += GRANULARITY_MS.day) {
    const day = new Date(dayMs).toISOString().slice(0, 10)
    await underFoldLock(client, async () => {
      const closed = await client.query('DELETE FROM fact_day WHERE day = $1 AND dropped_at IS NOT NULL', [
        day,
      ])
      if (closed.rowCount === 0) return
      await client.query('SELECT ensure_fact_day($1::date)', [day])
      await client.query('UPDATE fact_day SET reopened_at = now() WHERE day = $1', [day])
      opened.push(day)
    })
  }
  return opened
}

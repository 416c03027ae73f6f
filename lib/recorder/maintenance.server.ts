import type pg from 'pg'
import { ADVISORY_LOCKS } from '../platform/advisory-locks'
import type { Job } from '../platform/jobs/run-every.server'
import { runOnDatabase } from '../platform/jobs/run-on-database.server'
import { horizonsAt, RETENTION_DAYS } from '../time/horizons'
import { floorToBucket, GRANULARITY_MS } from '../time/time-buckets'
import { compactEndedDays } from './compact-days.server'
import { ROLLUP_TABLES } from './families'
import { underFoldLock } from './fold-lock.server'

const INTERVAL_MS = 600_000
/** Whoever rebuilds a day of many requests keeps us waiting for minutes. */
const SILENCE_MS = 600_000
/** Partitions made before their day comes, so that live traffic never waits for one. */
const DAYS_AHEAD = 3

export type Maintenance = Pick<Job, 'stop'>

/**
 * Every ten minutes: partitions for the coming days, retention, and short histograms for ended days. A failure is logged
 * and tried again.
 */
export function startMaintenance({ databaseUrl }: { databaseUrl: string }): Maintenance {
  return runOnDatabase({
    name: 'maintenance',
    everyMs: INTERVAL_MS,
    databaseUrl,
    silenceMs: SILENCE_MS,
    lock: ADVISORY_LOCKS.maintenance,
    work: async (client, signal) => {
      const nowMs = Date.now()
      await makePartitionsAhead(client, nowMs)
      await applyRetention(client, nowMs)
      await compactEndedDays(client, nowMs, signal)
      return undefined
    },
  })
}

/** Makes the fact partitions of today and the days after. */
export async function makePartitionsAhead(client: pg.ClientBase, nowMs: number): Promise<void> {
  const today = floorToBucket(nowMs, 'day')
  for (let ahead = 0; ahead <= DAYS_AHEAD; ahead++) {
    const day = new Date(today + ahead * GRANULARITY_MS.day).toISOString().slice(0, 10)
    await client.query('SELECT ensure_fact_day($1::date)', [day])
  }
}

/**
 * Drops the facts of days past retention, and minute and hour rollups past theirs. Day rollups stay for ever. A session
 * goes with the facts of its last day; what it cost stays counted in session_cost_day.
 * A day counts from when it was first written as well as from its date, so that imported history keeps its facts (and
 * with them the protection against being counted twice) as long as live traffic does. Returns the days dropped.
 */
export async function applyRetention(client: pg.ClientBase, nowMs: number): Promise<string[]> {
  const oldest = new Date(floorToBucket(nowMs, 'day') - RETENTION_DAYS.facts * GRANULARITY_MS.day)
  const expired = await client.query<{ suffix: string; day: string }>(
    `SELECT to_char(day, 'YYYYMMDD') AS suffix, to_char(day, 'YYYY-MM-DD') AS day FROM fact_day
     WHERE dropped_at IS NULL AND day < $1::date AND created_at < $1 ORDER BY day`,
    [oldest],
  )
  for (const { suffix, day } of expired.rows) await dropDay(client, suffix, day)
  const { minuteFromMs, hourFromMs } = horizonsAt(nowMs)
  for (const { table, grain } of ROLLUP_TABLES) {
    if (grain === 'minute' || grain === 'hour') {
      const from = grain === 'minute' ? minuteFromMs : hourFromMs
      await client.query(`DELETE FROM ${table} WHERE bucket < $1`, [new Date(from)])
    }
  }
  await dropSessions(client, oldest)
  return expired.rows.map((row) => row.day)
}

async function dropDay(client: pg.ClientBase, suffix: string, day: string): Promise<void> {
  // A rebuild must not find half of a day's facts.
  await underFoldLock(client, async () => {
    await client.query('UPDATE fact_day SET dropped_at = now() WHERE day = $1', [day])
    await client.query(`DROP TABLE request_log_${suffix}, attempt_log_${suffix}`)
  })
}

async function dropSessions(client: pg.ClientBase, oldest: Date): Promise<void> {
  // The folder takes a session's old class out by the row it finds.
  await underFoldLock(client, () =>
    client.query(
      `DELETE FROM session WHERE last_at < $1
       AND (last_at AT TIME ZONE 'UTC')::date NOT IN (SELECT day FROM fact_day WHERE dropped_at IS NULL)`,
      [oldest],
    ),
  )
}

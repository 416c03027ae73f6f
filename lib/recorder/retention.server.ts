import type pg from 'pg'
import { z } from 'zod'
import { log } from '../platform/log.server'
import { horizonsAt, RETENTION_DAYS } from '../time/horizons'
import { floorToBucket, GRANULARITY_MS } from '../time/time-buckets'
import { ROLLUP_TABLES } from './families'
import { underFoldLock } from './fold-lock.server'
import { type Clocks, type FactDay, planRetention } from './plan-retention'

/** Where a database remembers how long days past their time were held (milliseconds). */
const HOLD_SETTING = 'retentionHold'
const hold = z.object({ waitedMs: z.number().nonnegative() })

/**
 * Drops the facts of days past retention, and minute and hour rollups past theirs, by what planRetention decides; says in
 * the log what goes and what is held. Day rollups stay for ever. A session goes with the facts of its last day; what it
 * cost stays counted in session_cost_day. `elapsedMs` is the time since this process looked last, by a clock that does
 * not jump. Returns the days dropped.
 */
export async function applyRetention(
  client: pg.ClientBase,
  { nowMs, elapsedMs }: { nowMs: number; elapsedMs: number },
): Promise<string[]> {
  const waitedMs = await readWaitedMs(client)
  const plan = planRetention({
    clocks: await readClocks(client, nowMs),
    days: await readDays(client),
    waitedMs: waitedMs === null ? 0 : waitedMs + elapsedMs,
  })
  if (plan.held.length > 0) {
    if (waitedMs === null) {
      log.warn(
        { days: plan.held.map(nameOf), asOf: new Date(plan.referenceMs) },
        'many days of facts would be past retention at once: they stay for another day, in case the clock is wrong',
      )
    }
    await writeWaitedMs(client, waitedMs === null ? 0 : waitedMs + elapsedMs)
    return []
  }
  if (waitedMs !== null) await client.query('DELETE FROM app_setting WHERE key = $1', [HOLD_SETTING])
  for (const day of plan.drop) await dropDay(client, day)
  const dropped = plan.drop.filter(({ hasFacts }) => hasFacts).map(nameOf)
  if (dropped.length > 0) {
    log.info({ days: dropped, asOf: new Date(plan.referenceMs) }, 'facts past retention were dropped')
  }
  await dropRollups(client, plan.referenceMs)
  await dropSessions(client, plan.referenceMs)
  return dropped
}

async function readClocks(client: pg.ClientBase, processMs: number): Promise<Clocks> {
  const answer = await client.query<{ now: Date; newest: Date | null }>(
    'SELECT clock_timestamp() AS now, (SELECT max(started_at) FROM request_log) AS newest',
  )
  const { now, newest } = answer.rows[0] ?? { now: new Date(processMs), newest: null }
  return { processMs, databaseMs: now.getTime(), newestFactMs: newest?.getTime() ?? null }
}

async function readDays(client: pg.ClientBase): Promise<FactDay[]> {
  const answer = await client.query<{ day: Date; created_at: Date; has_facts: boolean }>(
    `SELECT day::timestamptz AS day, created_at,
       EXISTS (SELECT FROM request_log WHERE started_at >= day::timestamptz AND started_at < (day + 1)::timestamptz)
         AS has_facts
     FROM fact_day WHERE dropped_at IS NULL`,
  )
  return answer.rows.map((row) => ({
    dayMs: row.day.getTime(),
    createdAtMs: row.created_at.getTime(),
    hasFacts: row.has_facts,
  }))
}

/** Null when nothing is held. */
async function readWaitedMs(client: pg.ClientBase): Promise<number | null> {
  const stored = await client.query<{ value: unknown }>('SELECT value FROM app_setting WHERE key = $1', [
    HOLD_SETTING,
  ])
  const { data } = hold.safeParse(stored.rows[0]?.value)
  return data?.waitedMs ?? null
}

async function writeWaitedMs(client: pg.ClientBase, waitedMs: number): Promise<void> {
  await client.query(
    `INSERT INTO app_setting (key, value) VALUES ($1, $2)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = now()`,
    [HOLD_SETTING, JSON.stringify({ waitedMs: Math.round(waitedMs) })],
  )
}

async function dropDay(client: pg.ClientBase, { dayMs }: FactDay): Promise<void> {
  const day = nameOf({ dayMs })
  const suffix = day.replaceAll('-', '')
  // A rebuild must not find half of a day's facts.
  await underFoldLock(client, async () => {
    // As dropping will: a record that comes meanwhile would make an empty day one with facts.
    await client.query('LOCK TABLE request_log, attempt_log IN ACCESS EXCLUSIVE MODE')
    const { rows } = await client.query<{ has: boolean }>(
      `SELECT EXISTS (SELECT FROM request_log_${suffix}) AS has`,
    )
    await client.query('UPDATE fact_day SET dropped_at = now() WHERE day = $1', [day])
    if (rows[0]?.has !== true) {
      // In a day without facts nothing could be counted twice, so that it may begin anew.
      await client.query('DELETE FROM fact_day WHERE day = $1 AND reopened_at IS NULL', [day])
    }
    await client.query(`DROP TABLE request_log_${suffix}, attempt_log_${suffix}`)
  })
}

async function dropRollups(client: pg.ClientBase, referenceMs: number): Promise<void> {
  const { minuteFromMs, hourFromMs } = horizonsAt(referenceMs)
  for (const { table, grain } of ROLLUP_TABLES) {
    if (grain !== 'minute' && grain !== 'hour') continue
    const from = grain === 'minute' ? minuteFromMs : hourFromMs
    await client.query(`DELETE FROM ${table} WHERE bucket < $1`, [new Date(from)])
  }
}

async function dropSessions(client: pg.ClientBase, referenceMs: number): Promise<void> {
  const oldest = new Date(floorToBucket(referenceMs, 'day') - RETENTION_DAYS.facts * GRANULARITY_MS.day)
  // The folder takes a session's old class out by the row it finds.
  await underFoldLock(client, () =>
    client.query(
      `DELETE FROM session WHERE last_at < $1
       AND (last_at AT TIME ZONE 'UTC')::date NOT IN (SELECT day FROM fact_day WHERE dropped_at IS NULL)`,
      [oldest],
    ),
  )
}

function nameOf({ dayMs }: { dayMs: number }): string {
  return new Date(dayMs).toISOString().slice(0, 10)
}

import type pg from 'pg'
import { ADVISORY_LOCKS } from '../platform/advisory-locks'
import type { Job } from '../platform/jobs/run-every.server'
import { runOnDatabase } from '../platform/jobs/run-on-database.server'
import { floorToBucket, GRANULARITY_MS } from '../time/time-buckets'
import { compactEndedDays } from './compact-days.server'
import { forgetRecordedIds } from './known-ids.server'
import { applyRetention } from './retention.server'

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
  let lookedAtMs = performance.now()
  return runOnDatabase({
    name: 'maintenance',
    everyMs: INTERVAL_MS,
    databaseUrl,
    silenceMs: SILENCE_MS,
    lock: ADVISORY_LOCKS.maintenance,
    work: async (client, signal) => {
      const nowMs = Date.now()
      await makePartitionsAhead(client, nowMs)
      // By a clock that does not jump: this is how retention learns that a date is right.
      const elapsedMs = performance.now() - lookedAtMs
      await applyRetention(client, { nowMs, elapsedMs })
      lookedAtMs += elapsedMs
      await forgetRecordedIds(client)
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

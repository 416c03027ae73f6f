import type pg from 'pg'
import { z } from 'zod'
import { ADVISORY_LOCKS } from '../platform/advisory-locks'
import { AppError } from '../platform/errors'
import type { Job } from '../platform/jobs/run-every.server'
import { runOnDatabase } from '../platform/jobs/run-on-database.server'
import { log } from '../platform/log.server'
import { RECORD_LIMITS } from '../records/record-limits'
import { ceilToBucket } from '../time/time-buckets'
import { aliasSpellings } from './alias-spellings.server'
import { rebuildDay } from './rebuild.server'
import { rebuildSessions } from './rebuild-sessions.server'

/** What rollups hold; raised by one whenever facts recorded before a migration have to be summed up anew. */
const ROLLUP_VERSION = 2
const SETTING = 'rollupUpgrade'
/** While another process upgrades: in case it ends halfway. */
const LOOK_AGAIN_MS = 60_000
/** A day of many requests is summed up for minutes. */
const SILENCE_MS = 3_600_000

/** Days of the upgrade to `version` that are still to be rebuilt, newest first. Sessions come before all of them. */
const progress = z.object({
  version: z.number(),
  areSessionsDone: z.boolean(),
  pendingDays: z.array(z.string()),
})
type Progress = z.infer<typeof progress>

export type RollupUpgrade = Pick<Job, 'stop'>

/**
 * Once after a migration that added rollups: rebuilds the days recorded before it from their facts, in the background,
 * newest first. One process does it, and another goes on where it ended. A failure is logged and tried again.
 */
export function startRollupUpgrade({ databaseUrl }: { databaseUrl: string }): RollupUpgrade {
  return runOnDatabase({
    name: 'rollup-upgrade',
    everyMs: LOOK_AGAIN_MS,
    databaseUrl,
    silenceMs: SILENCE_MS,
    lock: ADVISORY_LOCKS.rollupUpgrade,
    work: async (client, signal) => ((await upgradeRollups(client, signal)) ? 'done' : undefined),
  })
}

/**
 * Brings rollups up to what this version keeps, for a caller that holds the lock; true when nothing is left to do, false
 * when `signal` stopped it after a day. A day whose facts retention has dropped is skipped.
 */
export async function upgradeRollups(client: pg.Client, signal: AbortSignal): Promise<boolean> {
  await aliasSpellings(client)
  let left = await readProgress(client)
  if (!left.areSessionsDone) {
    await rebuildSessions(client, {
      fromMs: RECORD_LIMITS.earliestStartMs,
      toMs: ceilToBucket(Date.now() + RECORD_LIMITS.maxAheadMs, 'day'),
    })
    left = await writeProgress(client, { ...left, areSessionsDone: true })
  }
  for (const day of left.pendingDays) {
    if (signal.aborted) return false
    await rebuildOrSkip(client, day)
    left = await writeProgress(client, {
      ...left,
      pendingDays: left.pendingDays.filter((one) => one < day),
    })
  }
  return true
}

async function rebuildOrSkip(client: pg.Client, day: string): Promise<void> {
  try {
    const { requests } = await rebuildDay(client, Date.parse(day))
    log.info({ day, requests }, 'rollups of an older day rebuilt')
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'conflict')) throw error
    log.info({ day }, 'rollups of an older day stay as they are: its facts are gone')
  }
}

/** Where an upgrade stands; one that has not begun starts with all days whose facts are there, which may be none. */
async function readProgress(client: pg.Client): Promise<Progress> {
  const stored = await client.query<{ value: unknown }>('SELECT value FROM app_setting WHERE key = $1', [
    SETTING,
  ])
  const found = progress.safeParse(stored.rows[0]?.value)
  if (found.success && found.data.version >= ROLLUP_VERSION) return found.data
  const facts = await client.query<{ first: Date | null; last: Date | null }>(
    'SELECT min(started_at) AS first, max(started_at) AS last FROM request_log',
  )
  const { first = null, last = null } = facts.rows[0] ?? {}
  const pendingDays = first && last ? await readDays(client, first, last) : []
  return await writeProgress(client, {
    version: ROLLUP_VERSION,
    areSessionsDone: pendingDays.length === 0,
    pendingDays,
  })
}

async function readDays(client: pg.Client, first: Date, last: Date): Promise<string[]> {
  const answer = await client.query<{ day: string }>(
    `SELECT to_char(day, 'YYYY-MM-DD') AS day FROM fact_day
     WHERE dropped_at IS NULL AND day BETWEEN $1::date AND $2::date ORDER BY day DESC`,
    [first, last],
  )
  return answer.rows.map((row) => row.day)
}

async function writeProgress(client: pg.Client, value: Progress): Promise<Progress> {
  await client.query(
    `INSERT INTO app_setting (key, value) VALUES ($1, $2)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = now()`,
    [SETTING, JSON.stringify(value)],
  )
  return value
}

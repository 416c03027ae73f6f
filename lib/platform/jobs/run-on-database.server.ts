import type pg from 'pg'
import { type DatabaseConnection, openConnection } from '../database-connection.server'
import { type Job, type JobResult, runEvery } from './run-every.server'

/** How long what a job is at may go on when it is stopped; then its connection is dropped and Postgres rolls back. */
const STOP_WITHIN_MS = 1000

/**
 * As `runEvery`, for work on a connection of its own, which stays open while runs succeed. With `lock` (ADVISORY_LOCKS)
 * one process does it at a time, and a run that another process is at is left out. A run during which Postgres says
 * nothing for `silenceMs` fails.
 */
export function runOnDatabase({
  name,
  everyMs,
  restMs,
  databaseUrl,
  silenceMs,
  lock = null,
  work,
}: {
  name: string
  everyMs: number
  restMs?: (tookMs: number) => number
  databaseUrl: string
  silenceMs: number
  lock?: number | null
  work: (client: pg.Client, signal: AbortSignal) => Promise<JobResult>
}): Job {
  let connection: DatabaseConnection | null = null

  async function underLock(client: pg.Client, signal: AbortSignal): Promise<JobResult> {
    if (lock === null) return await work(client, signal)
    const answer = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [lock])
    if (!answer.rows[0]?.held) return undefined
    const result = await work(client, signal)
    await client.query('SELECT pg_advisory_unlock($1)', [lock])
    return result
  }

  const job = runEvery({
    name,
    everyMs,
    ...(restMs ? { restMs } : {}),
    work: async (signal) => {
      try {
        connection ??= await openConnection({ url: databaseUrl, name: `sightglass-${name}`, silenceMs })
        return await connection.run((client) => underLock(client, signal))
      } catch (error) {
        // Gone with whatever it holds: a lock, a transaction.
        connection?.destroy()
        connection = null
        throw error
      }
    },
  })
  return {
    runNow: job.runNow,
    stop: async () => {
      const timer = setTimeout(() => connection?.destroy(), STOP_WITHIN_MS)
      await job.stop()
      clearTimeout(timer)
      await connection?.close()
    },
  }
}

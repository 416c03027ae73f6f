import type pg from 'pg'
import { type DatabaseConnection, openConnection } from '../platform/database-connection.server'

/** A connection that is opened when it is needed and again after it broke. */
export type Writer = {
  /** Runs `work` on the connection; throws what it throws, and what Postgres says when it cannot be reached. */
  run: <T>(work: (client: pg.Client) => Promise<T>) => Promise<T>
  /** Drops a connection that failed; the next `run` opens another. */
  reset: () => void
  close: () => Promise<void>
}

/** A writer to one database, that gives up work during which Postgres says nothing for `silenceMs`. */
export function createWriter({
  databaseUrl,
  silenceMs,
  name = 'sightglass-recorder',
}: {
  databaseUrl: string
  silenceMs: number
  /** What pg_stat_activity shows. */
  name?: string
}): Writer {
  let current: DatabaseConnection | null = null
  return {
    run: async (work) => {
      current ??= await openConnection({ url: databaseUrl, name, silenceMs })
      return await current.run(work)
    },
    reset: () => {
      current?.destroy()
      current = null
    },
    close: async () => {
      await current?.close()
      current = null
    },
  }
}

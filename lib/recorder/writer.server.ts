import pg from 'pg'
import { log } from '../platform/log.server'

/** A connection that is opened when it is needed and again after it broke. */
export type Writer = { client: () => Promise<pg.Client>; reset: () => Promise<void> }

/** A writer to one database; `client` throws what Postgres says when it cannot be reached. */
export function createWriter(databaseUrl: string): Writer {
  let current: pg.Client | null = null
  return {
    client: async () => {
      if (current) return current
      const client = new pg.Client({
        connectionString: databaseUrl,
        options: '-c timezone=UTC',
        connectionTimeoutMillis: 3000,
        application_name: 'sightglass-recorder',
      })
      client.on('error', (error) => log.warn({ err: error }, 'a recorder connection broke'))
      await client.connect()
      current = client
      return client
    },
    reset: async () => {
      const closing = current
      current = null
      await closing?.end().catch(() => {})
    },
  }
}

import pg from 'pg'
import { readEnvironment } from '../platform/env.server'
import { AppError } from '../platform/errors'
import { log } from '../platform/log.server'
import { COMMIT_CHANNEL } from '../recorder/commit-signal.server'

/** When Postgres hangs, the connection is given up: reads take a third of a second at most. */
const SILENCE_TIMEOUT_MS = 5000

/** The hub's own connection: it hears of commits and reads on it, so that pages never wait for it in the pool. */
export type HubConnection = {
  /** The open connection, opened anew after it broke; throws what Postgres says. */
  client: () => Promise<pg.Client>
  close: () => Promise<void>
}

/** `onCommit` is called when any process on this database has committed requests. */
export function createHubConnection({ onCommit }: { onCommit: () => void }): HubConnection {
  let current: pg.Client | null = null
  const close = async () => {
    const closing = current
    current = null
    await closing?.end().catch(() => {})
  }
  return {
    client: async () => {
      if (current) return current
      const client = await connect()
      client.on('notification', onCommit)
      client.on('end', () => {
        if (current === client) current = null
      })
      await client.query(`LISTEN ${COMMIT_CHANNEL}`)
      current = client
      return client
    },
    close,
  }
}

async function connect(): Promise<pg.Client> {
  const { DATABASE_URL } = readEnvironment()
  if (!DATABASE_URL) throw new AppError('unavailable', 'No database is configured in this process.')
  const client = new pg.Client({
    connectionString: DATABASE_URL,
    options: '-c timezone=UTC',
    connectionTimeoutMillis: 3000,
    query_timeout: SILENCE_TIMEOUT_MS,
    application_name: 'sightglass-live',
  })
  client.on('error', (error) => log.warn({ err: error }, 'the connection of the live pages broke'))
  await client.connect()
  return client
}

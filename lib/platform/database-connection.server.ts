import { Socket } from 'node:net'
import pg from 'pg'
import { log } from './log.server'

const CONNECT_TIMEOUT_MS = 3000
/** How long a goodbye may take; a frozen Postgres never says its own. */
const CLOSE_TIMEOUT_MS = 1000

/** One connection outside the dashboard's pool, whose every question has an end. */
export type DatabaseConnection = {
  client: pg.Client
  /**
   * Runs `work` on the connection; when Postgres says nothing for the connection's patience meanwhile, gives the
   * connection up, so that `work` fails. Throws what `work` throws.
   */
  run: <T>(work: (client: pg.Client) => Promise<T>) => Promise<T>
  /** Says goodbye, for a second at most; never throws. */
  close: () => Promise<void>
  /** Drops the connection at once, for one that failed. */
  destroy: () => void
}

/**
 * Connects to `url` with sessions in UTC; `name` is what pg_stat_activity shows. `silenceMs` is for how long neither
 * side may move a byte while `run` works: a Postgres that is frozen or cut off keeps nobody for longer.
 * Throws what Postgres or the network says when it cannot be reached within three seconds.
 */
export async function openConnection({
  url,
  name,
  silenceMs,
}: {
  url: string
  name: string
  silenceMs: number
}): Promise<DatabaseConnection> {
  // Ours, since pg itself has no deadline for COPY and waits for ever for the end of a connection that hangs.
  const socket = new Socket()
  const client = new pg.Client({
    connectionString: url,
    options: '-c timezone=UTC',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: name,
    stream: () => socket,
  })
  let isIdle = false
  client.on('error', (error) => {
    if (!isIdle) return
    log.warn({ err: error, connection: name }, 'a database connection broke')
  })
  socket.on('timeout', () => socket.destroy(new Error(`Postgres said nothing for ${silenceMs} ms`)))
  try {
    await client.connect()
  } catch (error) {
    socket.destroy()
    throw error
  }
  isIdle = true
  return {
    client,
    run: async (work) => {
      isIdle = false
      socket.setTimeout(silenceMs)
      try {
        return await work(client)
      } finally {
        socket.setTimeout(0)
        isIdle = true
      }
    },
    close: async () => {
      isIdle = false
      const timer = setTimeout(() => socket.destroy(), CLOSE_TIMEOUT_MS)
      await client.end().catch(() => {})
      clearTimeout(timer)
      socket.destroy()
    },
    destroy: () => {
      isIdle = false
      socket.destroy()
    },
  }
}

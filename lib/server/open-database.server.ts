import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { type FolderLock, lockFolder } from '../platform/folder-lock.server'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.server'
import { migrateDatabase } from './migrate.server'

/** Where a server tells commands on the same data folder how to reach its database. */
const ADDRESS_FILE = 'postgres-address'
const MIN_SERVER_VERSION = 150_000

/**
 * The database at `url`, or the embedded one when there is none, reachable, recent enough and migrated.
 * Throws an Error with one clear line: who holds the data folder, or why the address does not answer.
 */
export async function openDatabase({
  url,
  dataDir,
}: {
  url: string | undefined
  dataDir: string
}): Promise<EmbeddedPostgres> {
  if (url !== undefined) {
    await checkServer(url)
    await migrateDatabase(url)
    return { url, stop: async () => {} }
  }
  const lock = await lockDataDir(dataDir)
  const postgres = await startEmbeddedPostgres({ dataDir })
  await migrateDatabase(postgres.url)
  const addressFile = path.join(dataDir, ADDRESS_FILE)
  await writeFile(addressFile, postgres.url, { mode: 0o600 })
  return {
    url: postgres.url,
    stop: async (options) => {
      await rm(addressFile, { force: true })
      await postgres.stop(options)
      await lock.release()
    },
  }
}

async function lockDataDir(dataDir: string): Promise<FolderLock> {
  const lock = await lockFolder(dataDir)
  if ('release' in lock) return lock
  throw new Error(
    `Another Sightglass (process ${lock.holder}) is using ${dataDir}. Stop it, or set SIGHTGLASS_DATA_DIR to another folder.`,
  )
}

/**
 * The same database for a command that may run beside the server: the one a running server has open, else opened here.
 */
export async function attachDatabase({
  url,
  dataDir,
}: {
  url: string | undefined
  dataDir: string
}): Promise<EmbeddedPostgres> {
  const running = url ?? (await readFile(path.join(dataDir, ADDRESS_FILE), 'utf8').catch(() => undefined))
  if (running !== undefined && (await answers(running))) return { url: running, stop: async () => {} }
  return await openDatabase({ url, dataDir })
}

async function answers(url: string): Promise<boolean> {
  return checkServer(url).then(
    () => true,
    () => false,
  )
}

async function checkServer(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  try {
    await client.connect()
    const answer = await client.query<{ version: number }>(
      "SELECT current_setting('server_version_num')::int AS version",
    )
    const version = answer.rows[0]?.version ?? 0
    if (version < MIN_SERVER_VERSION) {
      throw new Error(`it is PostgreSQL ${Math.floor(version / 10_000)}; Sightglass needs 15 or newer`)
    }
  } catch (cause) {
    const { hostname, port, pathname } = new URL(url)
    const reason =
      cause instanceof Error ? cause.message || ('code' in cause ? String(cause.code) : '') : String(cause)
    throw new Error(`DATABASE_URL cannot be used (${hostname}:${port || 5432}${pathname}): ${reason}.`, {
      cause,
    })
  } finally {
    await client.end().catch(() => {})
  }
}

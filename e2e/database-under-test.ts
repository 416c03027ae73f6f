import { readFile } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { SERVER } from './server-under-test'

/** Where the server under test has its embedded database; for what no page and no API can do. */
export function databaseUrl(): Promise<string> {
  return readFile(path.join(SERVER.dataDir, 'postgres-address'), 'utf8')
}

/** Runs one statement in the database of the server under test. */
export async function queryDatabase(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: await databaseUrl() })
  await client.connect()
  await client.query(sql).finally(() => client.end())
}

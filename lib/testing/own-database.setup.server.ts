import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import { setEnvironment } from '@/lib/platform/env.server'

// Runs before each test file, in its process, so that whatever the file imports finds its own database and folder.
const serverUrl = inject('testServerUrl')
const database = `sightglass_test_${randomBytes(6).toString('hex')}`
const dataDir = await mkdtemp(path.join(os.tmpdir(), 'sightglass-test-data-'))
await query(`CREATE DATABASE ${database} TEMPLATE ${inject('testTemplate')}`)
const url = new URL(serverUrl)
url.pathname = `/${database}`
setEnvironment({ DATABASE_URL: url.href, SIGHTGLASS_DATA_DIR: dataDir })

afterAll(async () => {
  await query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`)
  await rm(dataDir, { recursive: true, force: true })
})

async function query(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startEmbeddedPostgres } from '@/lib/server/embedded-postgres.server'
import { migrateDatabase } from '@/lib/server/migrate.server'

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of the server on which every test file gets a database. */
    testServerUrl: string
    /** The migrated database they are copied from. */
    testTemplate: string
  }
}

/**
 * Starts one embedded Postgres for the whole run, or takes the server at TEST_DATABASE_URL, and migrates the template
 * database. Vitest calls it once and calls what it returns at the end.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await openServer()
  const template = `sightglass_template_${process.pid}`
  await queryServer(server.url, `CREATE DATABASE ${template}`)
  await migrateDatabase(databaseUrl(server.url, template))
  // A template with an open connection cannot be copied, and the migration engine's pool lingers for some seconds.
  await queryServer(
    server.url,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${template}'`,
  )
  project.provide('testServerUrl', server.url)
  project.provide('testTemplate', template)
  return async () => {
    await queryServer(server.url, `DROP DATABASE IF EXISTS ${template} WITH (FORCE)`)
    await server.close()
  }
}

async function openServer(): Promise<{ url: string; close: () => Promise<void> }> {
  const given = process.env.TEST_DATABASE_URL
  if (given) return { url: given, close: async () => undefined }
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'sightglass-test-'))
  const postgres = await startEmbeddedPostgres({ dataDir })
  return {
    url: postgres.url,
    close: async () => {
      await postgres.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function queryServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

function databaseUrl(serverUrl: string, database: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${database}`
  return url.href
}

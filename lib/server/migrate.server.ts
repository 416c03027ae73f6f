import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import pg from 'pg'
import { ADVISORY_LOCKS } from '../platform/advisory-locks'
import { log } from '../platform/log.server'
import { PROJECT_ROOT } from './project-root.server'

const MIGRATIONS_DIR = path.join(PROJECT_ROOT, 'prisma/migrations')

/**
 * Applies the migrations in prisma/migrations that the database does not have yet, with Prisma's own engine compiled
 * to WebAssembly, so `_prisma_migrations` reads the same to `prisma migrate` elsewhere. Returns the names applied.
 * Throws the engine's error when a migration fails or the history differs.
 */
export async function migrateDatabase(url: string): Promise<string[]> {
  const lock = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  await lock.connect()
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [ADVISORY_LOCKS.migration])
    return await applyMigrations(url)
  } finally {
    await lock.end()
  }
}

async function applyMigrations(url: string): Promise<string[]> {
  const engine = await loadSchemaEngine()
  const factory = bindMigrationAwareSqlAdapterFactory(wholeFileAdapterFactory(url))
  const migrator = await engine.SchemaEngine.new({ datamodels: undefined }, () => {}, factory)
  try {
    const result = await migrator.applyMigrations({
      migrationsList: await listMigrations(),
      filters: { externalTables: [], externalEnums: [] },
    })
    return result.appliedMigrationNames
  } finally {
    migrator.free()
  }
}

/** The published adapter splits scripts at semicolons, which tears function bodies apart; Postgres takes a whole file. */
function wholeFileAdapterFactory(url: string): SqlMigrationAwareDriverAdapterFactory {
  const factory = new PrismaPg({ connectionString: url })
  const connect = factory.connect.bind(factory)
  factory.connect = async () => {
    const adapter = await connect()
    adapter.executeScript = async (script) => {
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      try {
        await client.query(script)
      } finally {
        await client.end()
      }
    }
    return adapter
  }
  return factory
}

async function listMigrations() {
  const entries = await readdir(MIGRATIONS_DIR, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  const migrationDirectories = await Promise.all(
    names.sort().map(async (name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: {
          tag: 'ok' as const,
          value: await readFile(path.join(MIGRATIONS_DIR, name, 'migration.sql'), 'utf8'),
        },
      },
    })),
  )
  const lockfile = await readFile(path.join(MIGRATIONS_DIR, 'migration_lock.toml'), 'utf8')
  return {
    baseDir: MIGRATIONS_DIR,
    lockfile: { path: 'migration_lock.toml', content: lockfile },
    shadowDbInitScript: '',
    migrationDirectories,
  }
}

type SchemaEngineModule = typeof import('@prisma/schema-engine-wasm/schema_engine_bg')

let schemaEngine: Promise<SchemaEngineModule> | null = null

/** The module keeps one instance in a module variable; a second instantiation would pull it from under the first. */
function loadSchemaEngine(): Promise<SchemaEngineModule> {
  schemaEngine ??= instantiateSchemaEngine()
  return schemaEngine
}

/** The package is built for bundlers that import `.wasm`; Node instantiates it by hand. */
async function instantiateSchemaEngine(): Promise<SchemaEngineModule> {
  const folder = path.dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'))
  const bindings: SchemaEngineModule & {
    __wbg_set_wasm: (exports: WebAssembly.Exports) => void
  } = await import(/* webpackIgnore: true */ path.join(folder, 'schema_engine_bg.js'))
  const wasm = await readFile(path.join(folder, 'schema_engine_bg.wasm'))
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: {
      set_message: (message: string) => log.error({ message }, 'the schema engine panicked'),
    },
  })
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': { ...bindings } })
  bindings.__wbg_set_wasm(instance.exports)
  const start = instance.exports.__wbindgen_start
  if (typeof start === 'function') start()
  return bindings
}

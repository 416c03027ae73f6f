import { expect, test } from 'vitest'
import { z } from 'zod'
import { db } from '../platform/db.server'
import { columnsOf, FAMILIES, INBOX_TABLES, ROLLUP_TABLES } from './families'
import { MODEL_DIMENSIONS, SESSION_COLUMNS, USAGE_SUBJECTS } from './measures'

const MODELS = [
  'user',
  'apiKey',
  'appSetting',
  'auditLog',
  'author',
  'model',
  'provider',
  'endpoint',
  'app',
  'useCase',
  'presetName',
  'requestLog',
  'attemptLog',
  'factDay',
  'preset',
  'presetVersion',
  'trial',
  'trialCall',
  'tool',
  'session',
  'useCaseRule',
] as const

test.each(MODELS)('every column of %s in the Prisma schema exists in the migrated database', async (name) => {
  // Selects each scalar by name; a column that the SQL does not have makes Postgres refuse.
  const delegate: { findFirst: () => Promise<unknown> } = db()[name]
  await expect(delegate.findFirst()).resolves.not.toThrow()
})

const TABLES = [
  ...ROLLUP_TABLES.map(({ table, rollups }) => ({ table, columns: columnsOf(rollups) })),
  ...FAMILIES.map((family) => ({ table: `${family.name}_inbox`, columns: columnsOf(family) })),
  { table: 'session', columns: [...SESSION_COLUMNS] },
  { table: 'session_inbox', columns: [...SESSION_COLUMNS, 'recount'] },
]

test.each(TABLES)('$table has exactly the columns the recorder writes', async ({ table, columns }) => {
  const rows = await db()
    .$queryRaw`SELECT column_name FROM information_schema.columns WHERE table_name = ${table}`
  const names = z.array(z.object({ column_name: z.string() })).parse(rows)
  expect(names.map((row) => row.column_name).sort()).toEqual([...columns].sort())
})

test('every rollup of the database is one that the recorder folds', async () => {
  const rows = await db()
    .$queryRaw`SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition
      AND relname ~ '_(inbox|minute|hour|week)$'`
  const names = z.array(z.object({ relname: z.string() })).parse(rows)
  const tables = [...ROLLUP_TABLES.map(({ table }) => table), ...INBOX_TABLES]
  expect(tables).toEqual(expect.arrayContaining(names.map((row) => row.relname)))
})

test('the database knows the subjects the recorder sums by, in the same order', async () => {
  const rows = await db().$queryRaw`SELECT unnest(enum_range(NULL::usage_subject))::text AS subject`
  expect(rows).toEqual(USAGE_SUBJECTS.map((subject) => ({ subject })))
})

test('the database knows the dimensions of model usage, in the same order', async () => {
  const rows = await db().$queryRaw`SELECT unnest(enum_range(NULL::model_dimension))::text AS dimension`
  expect(rows).toEqual(MODEL_DIMENSIONS.map((dimension) => ({ dimension })))
})

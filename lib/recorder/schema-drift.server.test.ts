import { expect, test } from 'vitest'
import { z } from 'zod'
import { db } from '../platform/db.server'
import {
  ENDPOINT_HISTOGRAMS,
  ENDPOINT_KEYS,
  ENDPOINT_MEASURES,
  USAGE_COLUMNS,
  USAGE_KEYS,
  USAGE_SUBJECTS,
} from './measures'

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

const FAMILIES = [
  { family: 'usage', columns: [...USAGE_KEYS, ...USAGE_COLUMNS] },
  { family: 'endpoint', columns: [...ENDPOINT_KEYS, ...ENDPOINT_MEASURES, ...ENDPOINT_HISTOGRAMS] },
]

test.each(
  FAMILIES.flatMap(({ family, columns }) =>
    ['inbox', 'minute', 'hour', 'day'].map((level) => ({ table: `${family}_${level}`, columns })),
  ),
)('$table has exactly the measures the recorder writes', async ({ table, columns }) => {
  const rows = await db()
    .$queryRaw`SELECT column_name FROM information_schema.columns WHERE table_name = ${table}`
  const names = z.array(z.object({ column_name: z.string() })).parse(rows)
  expect(names.map((row) => row.column_name).sort()).toEqual([...columns].sort())
})

test('the database knows the subjects the recorder sums by, in the same order', async () => {
  const rows = await db().$queryRaw`SELECT unnest(enum_range(NULL::usage_subject))::text AS subject`
  expect(rows).toEqual(USAGE_SUBJECTS.map((subject) => ({ subject })))
})

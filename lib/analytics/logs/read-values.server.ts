import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { db } from '../../platform/db.server'
import type { LogValueField } from './filter-words'
import type { LogValuesAnswer, LogValuesQuery } from './schema'

const MOST_VALUES = 50

/** Where the names of a field stand. */
const NAMES = {
  model: { table: 'model', column: 'slug' },
  provider: { table: 'provider', column: 'slug' },
  app: { table: 'app', column: 'slug' },
  key: { table: 'api_key', column: 'name' },
  preset: { table: 'preset_name', column: 'slug' },
  useCase: { table: 'use_case', column: 'slug' },
  tool: { table: 'tool', column: 'name' },
} as const satisfies Record<LogValueField, { table: string; column: string }>

const nameRow = z.object({ name: z.string() })

/** Names that a filter can be set to, for a field with many: those that hold `search`, from the catalog. */
export async function readLogValues({ field, search }: LogValuesQuery): Promise<LogValuesAnswer> {
  const { table, column } = NAMES[field]
  const name = Prisma.raw(column)
  const rows = await db().$queryRaw(Prisma.sql`
    SELECT ${name} AS name FROM ${Prisma.raw(table)} WHERE strpos(lower(${name}), lower(${search})) > 0
    GROUP BY ${name} ORDER BY starts_with(lower(${name}), lower(${search})) DESC, ${name} LIMIT ${MOST_VALUES + 1}`)
  const values = z
    .array(nameRow)
    .parse(rows)
    .map((row) => row.name)
  return { field, values: values.slice(0, MOST_VALUES), hasMore: values.length > MOST_VALUES }
}

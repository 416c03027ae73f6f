import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { db } from '../../platform/db.server'
import { LOG_VALUE_FIELDS, type LogValueField } from './filter-words'
import type { LogValuesAnswer, LogValuesQuery } from './schema'

const MOST_VALUES = 50
/** Of each field, where all are searched at once. */
const FEW_VALUES = 6

type NameSource = { table: string; column: string; label?: string }

/** Where the names of a field stand, and what people call them where that is something else. */
const NAMES = {
  model: { table: 'model', column: 'slug' },
  provider: { table: 'provider', column: 'slug', label: 'coalesce(name, slug)' },
  app: { table: 'app', column: 'slug' },
  key: { table: 'api_key', column: 'name' },
  preset: { table: 'preset_name', column: 'slug' },
  useCase: { table: 'use_case', column: 'slug' },
  tool: { table: 'tool', column: 'name' },
} as const satisfies Record<LogValueField, NameSource>

const valueRow = z.object({ field: z.enum(LOG_VALUE_FIELDS), value: z.string(), label: z.string() })

/** Names that requests can be filtered by, from the catalog: those that hold `search`, of one field or of all. */
export async function readLogValues({ field, search }: LogValuesQuery): Promise<LogValuesAnswer> {
  const fields = field === undefined ? LOG_VALUE_FIELDS : [field]
  const limit = field === undefined ? FEW_VALUES : MOST_VALUES
  const names = fields.map((one) => namesOf({ field: one, search, limit }))
  const rows = await db().$queryRaw(Prisma.join(names, ' UNION ALL '))
  return { values: z.array(valueRow).parse(rows) }
}

function namesOf({
  field,
  search,
  limit,
}: {
  field: LogValueField
  search: string
  limit: number
}): Prisma.Sql {
  const { table, column, label: called = column }: NameSource = NAMES[field]
  const [name, label] = [Prisma.raw(column), Prisma.raw(called)]
  return Prisma.sql`(
    SELECT ${field} AS field, ${name} AS value, ${label} AS label FROM ${Prisma.raw(table)}
    WHERE strpos(lower(${name}), lower(${search})) > 0 OR strpos(lower(${label}), lower(${search})) > 0
    GROUP BY ${name}, ${label} ORDER BY starts_with(lower(${name}), lower(${search})) DESC, ${name} LIMIT ${limit})`
}

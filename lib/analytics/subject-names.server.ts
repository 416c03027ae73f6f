import { Prisma } from '@/prisma/generated/client'
import type { UsageSubjectName } from '../recorder/measures'
import { CALLER_KINDS } from '../records/vocabulary'
import type { UsageSubject } from './subjects'

/** Where a ranking or series by something reads its sums and how its keys become names. */
export type SubjectNames = {
  subject: UsageSubjectName | 'operation'
  /** Joins `source` (see usage-source.server.ts) to the table that holds `name.slug`. */
  join: Prisma.Sql
}

/** A list of the caller kinds as rows, because they are an enum and not a table. */
const CALLER_KIND_ROWS = Prisma.raw(CALLER_KINDS.map((kind, index) => `(${index}, '${kind}')`).join(', '))

/**
 * `canonical`: the model that a key of usage by model counts as. Sums stay with the name they were logged under, so that
 * calling it another name of a model, and taking that back, moves them as a whole.
 */
const CANONICAL_MODEL = Prisma.sql`
  JOIN model AS own ON own.id = source.key_id JOIN model AS canonical ON canonical.id = coalesce(own.alias_of, own.id)`

export const SUBJECT_NAMES: Record<UsageSubject, SubjectNames> = {
  model: {
    subject: 'model',
    join: Prisma.sql`${CANONICAL_MODEL} JOIN model AS name ON name.id = canonical.id`,
  },
  author: {
    subject: 'model',
    join: Prisma.sql`${CANONICAL_MODEL} JOIN author AS name ON name.id = canonical.author_id`,
  },
  provider: { subject: 'provider', join: Prisma.sql`JOIN provider AS name ON name.id = source.key_id` },
  app: { subject: 'app', join: Prisma.sql`JOIN app AS name ON name.id = source.key_id` },
  useCase: { subject: 'use_case', join: Prisma.sql`JOIN use_case AS name ON name.id = source.key_id` },
  operation: {
    subject: 'operation',
    join: Prisma.sql`CROSS JOIN LATERAL (SELECT source.key_id::text AS slug) AS name`,
  },
  callerKind: {
    subject: 'caller_kind',
    join: Prisma.sql`JOIN (VALUES ${CALLER_KIND_ROWS}) AS name (id, slug) ON name.id = source.key_id`,
  },
}

/** What people read for a key: the name itself, except where the log gave none. */
export function labelOf(subject: UsageSubject, key: string): string {
  if (key !== 'unknown' || subject === 'callerKind') return key
  return subject === 'useCase' ? 'No use case' : 'Not named'
}

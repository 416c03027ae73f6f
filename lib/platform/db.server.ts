import { PrismaPg } from '@prisma/adapter-pg'
import { Prisma, PrismaClient } from '@/prisma/generated/client'
import { readEnvironment } from './env.server'
import { AppError } from './errors'
import { processSingleton } from './process-singleton'

/** Connections of the dashboard's pool; the recorder keeps its own. */
const POOL_SIZE = 6

/** No page waits longer for an answer; Postgres stops working on it at the same time. */
const STATEMENT_TIMEOUT_MS = 10_000
/** When Postgres hangs so that it does not even do that; the connection is given up with the question. */
const SILENCE_TIMEOUT_MS = 11_000

/**
 * The one Prisma client of this process; its sessions speak UTC.
 * Throws `unavailable` when the server has not decided on a database yet.
 */
export function db(): PrismaClient {
  return processSingleton('prisma', () => {
    const { DATABASE_URL } = readEnvironment()
    if (!DATABASE_URL) throw new AppError('unavailable', 'No database is configured in this process.')
    return createDatabaseClient(DATABASE_URL)
  })
}

/** A client of its own for tests and commands that name their database. */
export function createDatabaseClient(url: string): PrismaClient {
  const adapter = new PrismaPg({
    connectionString: url,
    max: POOL_SIZE,
    options: `-c timezone=UTC -c statement_timeout=${STATEMENT_TIMEOUT_MS}`,
    connectionTimeoutMillis: 5000,
    query_timeout: SILENCE_TIMEOUT_MS,
  })
  return new PrismaClient({ adapter })
}

/** Whether the database refused a second row of what may be there once. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002'
}

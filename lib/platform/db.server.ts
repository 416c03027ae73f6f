import { PrismaPg } from '@prisma/adapter-pg'
import { Prisma, PrismaClient } from '@/prisma/generated/client'
import { readEnvironment } from './env.server'
import { AppError } from './errors'
import { processSingleton } from './process-singleton'

/** Connections of the dashboard's pool; the recorder keeps its own. */
const POOL_SIZE = 6

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
    options: '-c timezone=UTC',
    connectionTimeoutMillis: 5000,
  })
  return new PrismaClient({ adapter })
}

/** Whether the database refused a second row of what may be there once. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002'
}

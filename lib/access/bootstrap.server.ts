import { randomBytes } from 'node:crypto'
import { ADVISORY_LOCKS } from '@/lib/platform/advisory-locks'
import { db } from '@/lib/platform/db.server'
import { log } from '@/lib/platform/log.server'
import type { Prisma, User } from '@/prisma/generated/client'
import { apiKeyPrefix, createApiKeySecret, hashApiKey } from './api-key'
import { hashPassword, verifyPassword } from './password.server'
import { createReadablePassword } from './readable-password'
import { API_KEY_SCOPES } from './schema'

/** Has the form browsers accept in an e-mail field; nothing is ever sent to it. */
const DEFAULT_ADMIN_EMAIL = 'admin@sightglass.local'
const TRANSACTION_MS = 30_000

/** Values from the environment; null or undefined = not given. */
export type BootstrapValues = {
  adminEmail?: string | null
  adminPassword?: string | null
  apiKey?: string | null
}

export type BootstrapResult = {
  /** The admin who can sign in: the one given, else the first one. */
  adminEmail: string
  /** Only when it was made up just now: the one moment to show it. */
  adminPassword: string | null
  /** Only when it was made up just now. */
  apiKey: string | null
}

/**
 * Makes sure that somebody can sign in and that a key exists. What is given is applied at every start: the password
 * replaces the admin's, the key is added when it is missing. What is not given is made up at the first start only. A
 * given key that was revoked stays revoked.
 */
export async function bootstrapAccess(values: BootstrapValues): Promise<BootstrapResult> {
  return db().$transaction(
    async (transaction) => {
      await transaction.$executeRaw`SELECT pg_advisory_xact_lock(${ADVISORY_LOCKS.bootstrap}::bigint)`
      const admin = await ensureAdmin(transaction, values)
      return { ...admin, apiKey: await ensureApiKey(transaction, values.apiKey ?? null) }
    },
    { timeout: TRANSACTION_MS, maxWait: TRANSACTION_MS },
  )
}

async function ensureAdmin(
  transaction: Prisma.TransactionClient,
  { adminEmail, adminPassword }: BootstrapValues,
): Promise<{ adminEmail: string; adminPassword: string | null }> {
  const givenEmail = adminEmail?.trim().toLowerCase()
  const existing = givenEmail
    ? await transaction.user.findUnique({ where: { email: givenEmail } })
    : await transaction.user.findFirst({ where: { role: 'admin' }, orderBy: { id: 'asc' } })
  if (existing) {
    await updateAdmin(transaction, existing, adminPassword ?? null)
    return { adminEmail: existing.email, adminPassword: null }
  }
  const email = givenEmail ?? DEFAULT_ADMIN_EMAIL
  const password = adminPassword ?? createReadablePassword(randomBytes)
  const passwordHash = await hashPassword(password)
  await transaction.user.upsert({
    where: { email },
    create: { email, passwordHash, role: 'admin' },
    update: { passwordHash, role: 'admin' },
  })
  return { adminEmail: email, adminPassword: adminPassword ? null : password }
}

async function updateAdmin(
  transaction: Prisma.TransactionClient,
  user: User,
  password: string | null,
): Promise<void> {
  // Hashing the same password anew would end every session at each start.
  const isCurrent = password === null || (await verifyPassword(password, user.passwordHash))
  if (isCurrent && user.role === 'admin') return
  const passwordHash = isCurrent ? user.passwordHash : await hashPassword(password)
  await transaction.user.update({ where: { id: user.id }, data: { passwordHash, role: 'admin' } })
}

async function ensureApiKey(
  transaction: Prisma.TransactionClient,
  given: string | null,
): Promise<string | null> {
  if (given === null && (await transaction.apiKey.count()) > 0) return null
  const key = given ?? createApiKeySecret(randomBytes)
  const keyHash = hashApiKey(key)
  const existing = await transaction.apiKey.findUnique({ where: { keyHash } })
  if (existing?.revokedAt)
    log.warn('SIGHTGLASS_API_KEY was revoked in Settings and stays so; give another one')
  if (existing) return null
  await transaction.apiKey.create({
    data: { name: 'bootstrap', keyHash, prefix: apiKeyPrefix(key), scopes: [...API_KEY_SCOPES] },
  })
  return given === null ? key : null
}

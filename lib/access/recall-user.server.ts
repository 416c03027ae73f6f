import { createHash } from 'node:crypto'
import { db } from '@/lib/platform/db.server'
import { processSingleton } from '@/lib/platform/process-singleton'
import { type BoundedCache, createBoundedCache } from './bounded-cache'
import type { UserRole } from './schema'

/** How long a changed role, password or deletion may go unnoticed. */
const RECALL_MS = 60_000
const CACHED_USERS = 10_000

/** What a session needs to know about its user. */
export type SessionUser = {
  email: string
  role: UserRole
  /** Changes with the password, so that a new password ends the sessions of the old one. */
  passwordMark: string
}

type Entry = { user: SessionUser | null; readAtMs: number }

/** The user as of at most a minute ago; null when there is none with this id (any more). */
export async function recallUser(id: number): Promise<SessionUser | null> {
  const cached = cache().get(String(id))
  if (cached && Date.now() - cached.readAtMs < RECALL_MS) return cached.user
  const row = await db().user.findUnique({ where: { id } })
  const user = row && { email: row.email, role: row.role, passwordMark: markPassword(row.passwordHash) }
  cache().set(String(id), { user, readAtMs: Date.now() })
  return user
}

/** Makes this process read the user anew at the next call. */
export function forgetUser(id: number): void {
  cache().delete(String(id))
}

/** A short fingerprint of a password hash; says nothing about the password. */
export function markPassword(passwordHash: string): string {
  return createHash('sha256').update(passwordHash).digest('hex').slice(0, 16)
}

function cache(): BoundedCache<Entry> {
  return processSingleton('session-users', () => createBoundedCache<Entry>({ limit: CACHED_USERS }))
}

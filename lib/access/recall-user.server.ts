import { createHash } from 'node:crypto'
import { db } from '@/lib/platform/db.server'
import { answerInTime } from '@/lib/platform/patience.server'
import { processSingleton } from '@/lib/platform/process-singleton'
import { type BoundedCache, createBoundedCache } from './bounded-cache'
import type { UserRole } from './schema'

/** How long a changed role, password or deletion may go unnoticed. */
const RECALL_MS = 60_000
/** While Postgres is away, who was signed in stays so this long: pages show what they have and say what they lack. */
const OUTAGE_MS = 3_600_000
/** How long a page waits for Postgres before such a user is taken as they were. */
const PATIENCE_MS = 500
/** How long Postgres then counts as away, so that not every request waits for it. */
const AWAY_MS = 5000
const CACHED_USERS = 10_000

/** What a session needs to know about its user. */
export type SessionUser = {
  email: string
  role: UserRole
  /** Changes with the password, so that a new password ends the sessions of the old one. */
  passwordMark: string
}

type Entry = { user: SessionUser | null; readAtMs: number }

/**
 * The user as of at most a minute ago; null when there is none with this id (any more). While Postgres is away, a user
 * read within the last hour is answered as they were then; throws what the database throws for anybody else.
 */
export async function recallUser(id: number): Promise<SessionUser | null> {
  const cached = state().users.get(String(id))
  const ageMs = cached ? Date.now() - cached.readAtMs : Number.POSITIVE_INFINITY
  if (cached && ageMs < RECALL_MS) return cached.user
  if (!cached?.user || ageMs >= OUTAGE_MS) return readUser(id)
  if (Date.now() < state().awayUntilMs) return cached.user
  const fresh = await answerInTime(readUser(id), PATIENCE_MS)
  if (fresh) return fresh.value
  state().awayUntilMs = Date.now() + AWAY_MS
  return cached.user
}

/** Makes this process read the user anew at the next call. */
export function forgetUser(id: number): void {
  state().users.delete(String(id))
}

/** A short fingerprint of a password hash; says nothing about the password. */
export function markPassword(passwordHash: string): string {
  return createHash('sha256').update(passwordHash).digest('hex').slice(0, 16)
}

async function readUser(id: number): Promise<SessionUser | null> {
  const row = await db().user.findUnique({ where: { id } })
  const user = row && { email: row.email, role: row.role, passwordMark: markPassword(row.passwordHash) }
  state().users.set(String(id), { user, readAtMs: Date.now() })
  return user
}

function state(): { users: BoundedCache<Entry>; awayUntilMs: number } {
  return processSingleton('session-users', () => ({
    users: createBoundedCache<Entry>({ limit: CACHED_USERS }),
    awayUntilMs: 0,
  }))
}

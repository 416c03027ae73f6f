import { z } from 'zod'
import { db } from '@/lib/platform/db.server'
import { log } from '@/lib/platform/log.server'
import { processSingleton } from '@/lib/platform/process-singleton'
import { verifyPassword } from './password.server'
import type { SignInError } from './sign-in-error'
import { createSignInLimiter, type SignInLimiter } from './sign-in-limit'

const WINDOW_MS = 300_000
/** Of one address from one place; a person who mistypes stays below it. */
const ATTEMPTS_FROM_ONE_PLACE = 10
/** Of one address from everywhere, since the place can be forged; high, so that nobody can easily lock others out. */
const ATTEMPTS_FROM_ANYWHERE = 100

const credentials = z.object({ email: z.string().min(1).max(320), password: z.string().min(1).max(1024) })

/** Who signed in, or why not. */
export type SignInResult = { ok: true; id: number; email: string } | { ok: false; error: SignInError }

/**
 * Checks an e-mail address and a password sent from `place` (an IP address, or empty). Takes as long for an unknown
 * address as for a known one.
 */
export async function signIn({ input, place }: { input: unknown; place: string }): Promise<SignInResult> {
  const parsed = credentials.safeParse(input)
  if (!parsed.success) return { ok: false, error: 'CredentialsSignin' }
  const email = parsed.data.email.trim().toLowerCase()
  const { fromOnePlace, fromAnywhere } = limiters()
  const key = `${email} ${place}`
  const now = Date.now()
  if (!fromOnePlace.admit(key, now) || !fromAnywhere.admit(email, now)) {
    log.warn({ place }, 'sign-in refused after too many failed ones')
    return { ok: false, error: 'RateLimited' }
  }
  try {
    const user = await findUser(email)
    const isRight = await verifyPassword(parsed.data.password, user?.passwordHash ?? null)
    if (!user || !isRight) return { ok: false, error: 'CredentialsSignin' }
    fromOnePlace.clear(key)
    fromAnywhere.clear(email)
    return { ok: true, id: user.id, email: user.email }
  } catch (err) {
    log.error({ err }, 'a sign-in could not be checked')
    return { ok: false, error: 'Unavailable' }
  }
}

/** Postgres takes no NUL in a text, so an address with one belongs to nobody. */
async function findUser(email: string) {
  return email.includes('\0') ? null : db().user.findUnique({ where: { email } })
}

function limiters(): { fromOnePlace: SignInLimiter; fromAnywhere: SignInLimiter } {
  return processSingleton('sign-in-limiters', () => ({
    fromOnePlace: createSignInLimiter({ limit: ATTEMPTS_FROM_ONE_PLACE, windowMs: WINDOW_MS }),
    fromAnywhere: createSignInLimiter({ limit: ATTEMPTS_FROM_ANYWHERE, windowMs: WINDOW_MS }),
  }))
}

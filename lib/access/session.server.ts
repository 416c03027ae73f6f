import { decode } from 'next-auth/jwt'
import { z } from 'zod'
import { readEnvironment } from '@/lib/platform/env.server'
import { recallUser, type SessionUser } from './recall-user.server'
import type { Viewer } from './schema'
import { deriveSecret } from './secret.server'
import { readCookie, sessionCookieName } from './session-cookie'

/** What our sign-in puts into the session token. */
const sessionClaims = z.object({ sub: z.coerce.number().int(), passwordMark: z.string() })

/** The key that encrypts session tokens. */
export function sessionSecret(): Promise<string> {
  return deriveSecret('session')
}

/** Whether cookies are kept to https: when the operator says that the product is reached by it. */
export function isSecureSite(): boolean {
  return readEnvironment().SIGHTGLASS_URL?.startsWith('https://') ?? false
}

/**
 * Who sent this `Cookie` header. Null without a session, and when it is expired, forged, or its user is gone or has a
 * new password.
 */
export async function readViewer(cookieHeader: string | null): Promise<Viewer | null> {
  const name = sessionCookieName({ isSecure: isSecureSite() })
  const token = readCookie({ header: cookieHeader, name })
  if (token === null) return null
  const secret = await sessionSecret()
  const user = await findSessionUser(await decode({ token, secret }).catch(() => null))
  return user && { email: user.email, role: user.role }
}

/** The user of decoded claims, with today's role; null when the session is no longer good. */
export async function findSessionUser(claims: unknown): Promise<SessionUser | null> {
  const parsed = sessionClaims.safeParse(claims)
  if (!parsed.success) return null
  const user = await recallUser(parsed.data.sub)
  return user?.passwordMark === parsed.data.passwordMark ? user : null
}

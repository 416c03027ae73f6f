import type { NextAuthOptions } from 'next-auth'
import CredentialsProvider from 'next-auth/providers/credentials'
import { readEnvironment, setEnvironment } from '@/lib/platform/env.server'
import { log } from '@/lib/platform/log.server'
import { forgetUser, recallUser } from './recall-user.server'
import { findSessionUser, isSecureSite, sessionSecret } from './session.server'
import { signIn } from './sign-in.server'

const SESSION_SECONDS = 30 * 24 * 60 * 60

/** What next-auth is told: e-mail and password, sessions of 30 days in an encrypted cookie, our own sign-in page. */
export async function readAuthOptions(): Promise<NextAuthOptions> {
  tellAddress()
  return {
    secret: await sessionSecret(),
    useSecureCookies: isSecureSite(),
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    pages: { signIn: '/sign-in', error: '/sign-in', signOut: '/' },
    providers: [credentialsProvider()],
    callbacks: {
      jwt: async ({ token, user }) => (user ? { ...token, ...(await claimsOf(Number(user.id))) } : token),
      session: async ({ session, token }) => {
        const user = await findSessionUser(token)
        if (!user) throw new Error('The session is over: its user is gone or has a new password.')
        const person = { email: user.email, role: user.role }
        return { ...session, user: person }
      },
    },
    logger: {
      error: (code) => log.warn({ code }, 'next-auth reports a problem'),
      warn: () => undefined,
      debug: () => undefined,
    },
  }
}

function credentialsProvider() {
  return CredentialsProvider({
    credentials: { email: { type: 'email' }, password: { type: 'password' } },
    authorize: async (input, request) => {
      const result = await signIn({ input, place: placeOf(request.headers) })
      if (result.ok) return { id: String(result.id), email: result.email }
      if (result.error === 'CredentialsSignin') return null
      // next-auth hands the message to the sign-in page as the error's code.
      throw new Error(result.error)
    },
  })
}

async function claimsOf(id: number): Promise<{ passwordMark: string }> {
  forgetUser(id)
  const user = await recallUser(id)
  if (!user) throw new Error('The user was removed while signing in.')
  return { passwordMark: user.passwordMark }
}

/** Next notes the sender's address in x-forwarded-for when no proxy has. */
function placeOf(headers: Record<string, unknown> | undefined): string {
  const forwarded = headers?.['x-forwarded-for']
  return typeof forwarded === 'string' ? (forwarded.split(',')[0] ?? '').trim() : ''
}

/** next-auth reads its own address from the environment: the operator's, else that of the request. */
function tellAddress(): void {
  const { SIGHTGLASS_URL } = readEnvironment()
  setEnvironment(SIGHTGLASS_URL ? { NEXTAUTH_URL: new URL(SIGHTGLASS_URL).origin } : { AUTH_TRUST_HOST: '1' })
}

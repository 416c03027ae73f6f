import { importPKCS8, SignJWT } from 'jose'
import { Agent, request as send } from 'undici'
import { isObject } from '../platform/json-value'
import { parseJson } from '../platform/parse-json'
import { processSingleton } from '../platform/process-singleton'
import { guardedConnector } from './guarded-lookup.server'
import type { ServiceAccountKey } from './service-account-key'
import { SignInError } from './sign-in-error'

const SCOPE = 'https://www.googleapis.com/auth/cloud-platform'
const ASSERTION_SECONDS = 3600
const TIMEOUT_MS = 10_000
const MAX_ANSWER_BYTES = 64 * 1024
/** From here on a new token is fetched while the old one still serves. */
const RENEW_BEFORE_MS = 5 * 60_000
/** A token this close to its end is not sent any more: a request may travel that long. */
const USELESS_BEFORE_MS = 30_000
const MAX_ACCOUNTS = 200

type Held = { token: string; expiresAtMs: number } | null
type Account = { held: Held; fetching: Promise<string> | null }

/**
 * An access token for Google Cloud: at once while a fetched one is good, otherwise when it has come. One is fetched for
 * each account at a time, and early enough that requests rarely wait. Its address is the key file's `token_uri`, under
 * the same guard as providers' own. Rejects with a SignInError, in Google's words where it refused, never holding the key.
 * Source: RFC 7523 and Google's "Using OAuth 2.0 for server to server applications".
 */
export function googleAccessToken(
  key: ServiceAccountKey,
  { allowPrivate }: { allowPrivate: boolean },
): string | Promise<string> {
  const account = accountOf(key)
  const { held } = account
  const leftMs = held === null ? 0 : held.expiresAtMs - Date.now()
  if (held !== null && leftMs > RENEW_BEFORE_MS) return held.token
  const fetched = fetchOnce(account, key, allowPrivate)
  if (held === null || leftMs <= USELESS_BEFORE_MS) return fetched
  // The old token serves meanwhile; a failure is told once it no longer does.
  fetched.catch(() => undefined)
  return held.token
}

/** The token that requests of this account carry now, for masking; null when there is none. */
export function heldGoogleToken(key: ServiceAccountKey): string | null {
  return accountOf(key).held?.token ?? null
}

function fetchOnce(account: Account, key: ServiceAccountKey, allowPrivate: boolean): Promise<string> {
  account.fetching ??= fetchToken(key, allowPrivate)
    .then((held) => {
      account.held = held
      return held.token
    })
    .finally(() => {
      account.fetching = null
    })
  return account.fetching
}

async function fetchToken(key: ServiceAccountKey, allowPrivate: boolean): Promise<NonNullable<Held>> {
  const askedAtMs = Date.now()
  const agent = new Agent({
    connect: guardedConnector({ allowPrivate, connectTimeoutMs: TIMEOUT_MS }),
    maxResponseSize: MAX_ANSWER_BYTES,
  })
  try {
    const { statusCode, body } = await send(key.tokenUri, {
      method: 'POST',
      dispatcher: agent,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: new URLSearchParams({
        grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
        assertion: await assertionOf(key, askedAtMs),
      }).toString(),
    })
    return readToken(parseJson(await body.text()), { statusCode, askedAtMs })
  } catch (cause) {
    if (cause instanceof SignInError) throw cause
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    const reason = code || (cause instanceof Error ? cause.message : 'unknown')
    const message = `no access token could be fetched from ${new URL(key.tokenUri).host} (${reason})`
    throw new SignInError(message, { isRefused: false, cause })
  } finally {
    await agent.destroy()
  }
}

async function assertionOf(key: ServiceAccountKey, nowMs: number): Promise<string> {
  const issuedAt = Math.floor(nowMs / 1000)
  return await new SignJWT({ scope: SCOPE })
    .setProtectedHeader({
      alg: 'RS256',
      typ: 'JWT',
      ...(key.privateKeyId === null ? {} : { kid: key.privateKeyId }),
    })
    .setIssuer(key.clientEmail)
    .setSubject(key.clientEmail)
    .setAudience(key.tokenUri)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + ASSERTION_SECONDS)
    .sign(await importPKCS8(key.privateKey, 'RS256'))
}

function readToken(
  answer: unknown,
  { statusCode, askedAtMs }: { statusCode: number; askedAtMs: number },
): NonNullable<Held> {
  const body = isObject(answer) ? answer : {}
  const { access_token: token, expires_in: seconds, error, error_description: words } = body
  if (statusCode === 200 && typeof token === 'string' && token !== '') {
    const livesMs = (typeof seconds === 'number' && seconds > 0 ? seconds : ASSERTION_SECONDS) * 1000
    return { token, expiresAtMs: askedAtMs + livesMs }
  }
  const said = [error, words].filter((part) => typeof part === 'string').join(': ')
  const message = `no access token was given for the service account (${statusCode}${said === '' ? '' : `, ${said}`})`
  throw new SignInError(message, { isRefused: statusCode >= 400 && statusCode < 500 })
}

function accountOf(key: ServiceAccountKey): Account {
  const accounts = processSingleton('google-accounts', () => new Map<string, Account>())
  const name = `${key.clientEmail}\n${key.tokenUri}\n${key.privateKey}`
  const known = accounts.get(name)
  if (known) return known
  const account: Account = { held: null, fetching: null }
  for (const oldest of accounts.keys()) {
    if (accounts.size < MAX_ACCOUNTS) break
    accounts.delete(oldest)
  }
  accounts.set(name, account)
  return account
}

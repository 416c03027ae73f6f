import { db } from '@/lib/platform/db.server'
import { AppError } from '@/lib/platform/errors'
import { log } from '@/lib/platform/log.server'
import { answerInTime } from '@/lib/platform/patience.server'
import { processSingleton } from '@/lib/platform/process-singleton'
import { hashApiKey, readBearerKey, readRequestKey } from './api-key'
import { type BoundedCache, createBoundedCache } from './bounded-cache'
import type { ApiKeyScope } from './schema'

/** How long a revocation in another process may go unnoticed. */
const FRESH_MS = 5000
/** From this age a key in use is read again in the background, so that no request waits for it. */
const REFRESH_MS = 2500
/** While Postgres is away, a key that worked keeps working this long: the gateway goes on. */
const OUTAGE_MS = 3_600_000
/** How long a request waits for Postgres before such a key is taken as it was. */
const PATIENCE_MS = 500
const TOUCH_MS = 60_000
const CACHED_KEYS = 10_000
const CACHED_REFUSALS = 1000

/** A key that was recognised. `requestsPerMinute` is the gateway's limit for it; null = none. */
export type AuthenticatedKey = {
  id: number
  name: string
  scopes: ApiKeyScope[]
  requestsPerMinute: number | null
}

type Entry = { key: AuthenticatedKey | null; readAtMs: number }
type State = {
  known: BoundedCache<Entry>
  refused: BoundedCache<Entry>
  reading: Map<string, Promise<AuthenticatedKey | null>>
  touchedAtMs: BoundedCache<number>
  /** Until then Postgres counts as away, and keys that worked are not held up by asking it. */
  awayUntilMs: number
}

/**
 * The key in an `Authorization: Bearer KEY` header; null when the header is missing or the key is unknown or revoked.
 * Answers from memory for keys seen in the last seconds. Throws `unavailable` when the key is new here and Postgres is
 * away.
 */
export function authenticateKey(authorizationHeader: string | null): Promise<AuthenticatedKey | null> {
  return authenticate(readBearerKey(authorizationHeader))
}

/** Like `authenticateKey`, and takes `x-api-key: KEY` and `x-goog-api-key: KEY` too. */
export function authenticateRequest(headers: Headers): Promise<AuthenticatedKey | null> {
  return authenticate(readRequestKey(headers))
}

/** The key of a request that must have one with this scope. Throws `unauthorized` or `forbidden`. */
export async function requireKey(headers: Headers, scope: ApiKeyScope): Promise<AuthenticatedKey> {
  const secret = readRequestKey(headers)
  if (secret === null) {
    throw new AppError('unauthorized', 'An API key is needed: send "Authorization: Bearer YOUR_KEY".')
  }
  const key = await authenticate(secret)
  if (!key) throw new AppError('unauthorized', 'This API key is unknown or revoked.')
  requireScope(key, scope)
  return key
}

/** Throws `forbidden` when the key was not given this scope. */
export function requireScope(key: AuthenticatedKey, scope: ApiKeyScope): void {
  if (key.scopes.includes(scope)) return
  throw new AppError('forbidden', `The API key "${key.name}" lacks the scope ${scope}.`)
}

/** Makes this process read a key anew at its next use, after it was revoked. */
export function forgetKey(keyHash: string): void {
  state().known.delete(keyHash)
  state().refused.delete(keyHash)
}

async function authenticate(secret: string | null): Promise<AuthenticatedKey | null> {
  if (secret === null) return null
  // Looking up by digest leaks nothing about the stored keys through timing.
  const keyHash = hashApiKey(secret)
  const key = await recallKey(keyHash)
  if (key) touchKey(key.id)
  return key
}

async function recallKey(keyHash: string): Promise<AuthenticatedKey | null> {
  const entry = state().known.get(keyHash) ?? state().refused.get(keyHash)
  if (!entry) return readKey(keyHash)
  const ageMs = Date.now() - entry.readAtMs
  if (ageMs < (entry.key ? REFRESH_MS : FRESH_MS)) return entry.key
  const reading = readKey(keyHash)
  if (!entry.key || ageMs >= OUTAGE_MS) return reading
  if (ageMs < FRESH_MS || Date.now() < state().awayUntilMs) {
    reading.catch(() => undefined)
    return entry.key
  }
  const fresh = await answerInTime(reading, PATIENCE_MS)
  if (fresh) return fresh.value
  state().awayUntilMs = Date.now() + FRESH_MS
  return entry.key
}

/** Reads a key once for all requests that ask meanwhile. */
function readKey(keyHash: string): Promise<AuthenticatedKey | null> {
  const { reading, known, refused } = state()
  const underWay = reading.get(keyHash)
  if (underWay) return underWay
  const result = fetchKey(keyHash)
    .then((key) => {
      known.delete(keyHash)
      refused.delete(keyHash)
      const cache = key ? known : refused
      cache.set(keyHash, { key, readAtMs: Date.now() })
      return key
    })
    .finally(() => reading.delete(keyHash))
  reading.set(keyHash, result)
  return result
}

async function fetchKey(keyHash: string): Promise<AuthenticatedKey | null> {
  try {
    return await db().apiKey.findFirst({
      where: { keyHash, revokedAt: null },
      select: { id: true, name: true, scopes: true, requestsPerMinute: true },
    })
  } catch (cause) {
    throw new AppError('unavailable', 'API keys cannot be checked right now.', {
      retryAfterSeconds: 5,
      cause,
    })
  }
}

/** Notes the use of a key, at most once a minute and without making anybody wait. */
function touchKey(id: number): void {
  const now = Date.now()
  const { touchedAtMs } = state()
  if (now - (touchedAtMs.get(String(id)) ?? 0) < TOUCH_MS) return
  touchedAtMs.set(String(id), now)
  db()
    .apiKey.updateMany({ where: { id }, data: { lastUsedAt: new Date(now) } })
    .catch((err: unknown) => log.warn({ err, keyId: id }, 'the last use of an API key was not noted'))
}

function state(): State {
  return processSingleton('api-keys', () => ({
    known: createBoundedCache<Entry>({ limit: CACHED_KEYS }),
    refused: createBoundedCache<Entry>({ limit: CACHED_REFUSALS }),
    reading: new Map(),
    touchedAtMs: createBoundedCache<number>({ limit: CACHED_KEYS }),
    awayUntilMs: 0,
  }))
}

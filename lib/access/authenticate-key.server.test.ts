import pg from 'pg'
import { afterEach, beforeEach, expect, inject, test, vi } from 'vitest'
import { db } from '@/lib/platform/db.server'
import { readEnvironment } from '@/lib/platform/env.server'
import { hashApiKey } from './api-key'
import { authenticateKey } from './authenticate-key.server'
import { createApiKey } from './manage-keys.server'

const HOUR_MS = 3_600_000

// Postgres answers in time here, however busy the machine is.
vi.mock('node:timers/promises', () => ({ setTimeout: () => new Promise(() => {}) }))

beforeEach(() => passTime(0))
afterEach(() => {
  vi.useRealTimers()
})

function passTime(ms: number): void {
  const now = Date.now()
  vi.useFakeTimers({ toFake: ['Date'], now: now + ms })
}

async function setConnectable(isConnectable: boolean): Promise<void> {
  const database = new URL(readEnvironment().DATABASE_URL ?? '').pathname.slice(1)
  const client = new pg.Client({ connectionString: inject('testServerUrl') })
  await client.connect()
  await client.query(`ALTER DATABASE ${database} ALLOW_CONNECTIONS ${isConnectable}`)
  if (!isConnectable) {
    await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [
      database,
    ])
  }
  await client.end()
}

async function createHeader(): Promise<string> {
  const { key } = await createApiKey({ name: 'a key', scopes: ['ingest'], actor: 'test' })
  return `Bearer ${key}`
}

async function revokeElsewhere(): Promise<void> {
  await db().apiKey.updateMany({ data: { revokedAt: new Date() } })
}

test('a key revoked by another process works for five seconds at most', async () => {
  const header = await createHeader()
  expect(await authenticateKey(header)).not.toBeNull()
  await revokeElsewhere()
  expect(await authenticateKey(header)).not.toBeNull()
  passTime(5001)
  expect(await authenticateKey(header)).toBeNull()
})

test('a key in use is read again before it is five seconds old, without waiting', async () => {
  const header = await createHeader()
  await authenticateKey(header)
  await revokeElsewhere()
  passTime(3000)
  expect(await authenticateKey(header)).not.toBeNull()
  await expect.poll(() => authenticateKey(header)).toBeNull()
})

test('a key that was refused is taken once it exists and five seconds went by', async () => {
  const header = 'Bearer a-key-of-the-future'
  expect(await authenticateKey(header)).toBeNull()
  await db().apiKey.create({
    data: { name: 'late', prefix: 'a-ke', keyHash: hashApiKey('a-key-of-the-future'), scopes: ['read'] },
  })
  expect(await authenticateKey(header)).toBeNull()
  passTime(5001)
  expect(await authenticateKey(header)).toMatchObject({ name: 'late' })
})

test('while Postgres is away known keys work for an hour and new ones are unavailable, not wrong', async () => {
  const header = await createHeader()
  const known = await authenticateKey(header)
  await setConnectable(false)
  try {
    passTime(60_000)
    expect(await authenticateKey(header)).toEqual(known)
    await expect(authenticateKey('Bearer unseen-key')).rejects.toMatchObject({
      code: 'unavailable',
      retryAfterSeconds: 5,
    })
    passTime(HOUR_MS)
    await expect(authenticateKey(header)).rejects.toMatchObject({ code: 'unavailable' })
  } finally {
    await setConnectable(true)
  }
  await expect.poll(() => authenticateKey(header).catch(() => null)).toEqual(known)
})

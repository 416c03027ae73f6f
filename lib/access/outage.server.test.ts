import pg from 'pg'
import { afterAll, afterEach, expect, inject, test, vi } from 'vitest'
import { z } from 'zod'
import { isDatabaseAway } from '@/lib/platform/database-fault'
import { db } from '@/lib/platform/db.server'
import { readEnvironment } from '@/lib/platform/env.server'
import { markPassword, recallUser } from './recall-user.server'
import { route } from './route.server'
import { readSettings, writeSetting } from './settings.server'

const HOUR_MS = 3_600_000

afterEach(async () => {
  await setConnectable(true)
  await expect
    .poll(() =>
      db()
        .appSetting.count()
        .catch(() => null),
    )
    .not.toBeNull()
})

afterAll(() => {
  vi.useRealTimers()
})

/** Time only goes on, from one test to the next: what one remembers of an outage is over in the next. */
function passTime(ms: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms })
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

let counter = 0
function createUser() {
  counter += 1
  return db().user.create({
    data: { email: `outage${counter}@example.com`, passwordHash: `hash ${counter}`, role: 'member' },
  })
}

test('while Postgres is away, who was signed in stays so for an hour; nobody else is let in or taken for unknown', async () => {
  const [{ id }, other] = await Promise.all([createUser(), createUser()])
  const known = await recallUser(id)
  expect(known).toMatchObject({ role: 'member', passwordMark: markPassword('hash 1') })
  await setConnectable(false)
  passTime(61_000)
  expect(await recallUser(id)).toEqual(known)
  await expect(recallUser(other.id)).rejects.toSatisfy(isDatabaseAway)
  passTime(HOUR_MS)
  await expect(recallUser(id)).rejects.toSatisfy(isDatabaseAway)
})

test('a user who was deleted is signed out within a minute', async () => {
  const { id } = await createUser()
  expect(await recallUser(id)).not.toBeNull()
  await db().user.delete({ where: { id } })
  passTime(61_000)
  expect(await recallUser(id)).toBeNull()
})

test('while Postgres is away, settings are as they were last known', async () => {
  await writeSetting('publicRankings', false)
  passTime(3000)
  expect(await readSettings()).toMatchObject({ publicRankings: false })
  await setConnectable(false)
  passTime(3000)
  expect(await readSettings()).toMatchObject({ publicRankings: false })
  await setConnectable(true)
  await expect
    .poll(() =>
      db()
        .appSetting.deleteMany()
        .catch(() => null),
    )
    .not.toBeNull()
  passTime(10_000)
  expect(await readSettings()).toMatchObject({ publicRankings: true })
})

test('a route says that the database does not answer, and when to come back', async () => {
  const GET = route({
    access: 'public',
    answer: z.object({ users: z.number() }),
    handle: async () => ({ users: await db().user.count() }),
  })
  const ask = () => GET(new Request('http://sightglass.test/api/users'), { params: Promise.resolve({}) })
  expect((await ask()).status).toBe(200)
  await setConnectable(false)
  const response = await ask()
  expect(response.status).toBe(503)
  expect(response.headers.get('Retry-After')).toBe('5')
  expect(await response.json()).toEqual({
    error: { code: 'unavailable', message: 'The database does not answer.' },
  })
})

test('a statement that takes too long is given up by Postgres itself', async () => {
  const [row] = await db().$queryRaw<
    { timeout: string }[]
  >`SELECT current_setting('statement_timeout') AS timeout`
  expect(row).toEqual({ timeout: '10s' })
})

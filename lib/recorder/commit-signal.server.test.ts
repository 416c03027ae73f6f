import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readEnvironment } from '../platform/env.server'
import { COMMIT_CHANNEL, createCommitSignal } from './commit-signal.server'

const databaseUrl = readEnvironment().DATABASE_URL ?? ''

let listener: pg.Client
let heard: number

beforeEach(async () => {
  heard = 0
  listener = new pg.Client({ connectionString: databaseUrl })
  await listener.connect()
  listener.on('notification', ({ payload }) => {
    if (payload === '') heard += 1
  })
  await listener.query(`LISTEN ${COMMIT_CHANNEL}`)
})
afterEach(() => listener.end())

/** Notifications arrive in order: whatever was announced before the one it sends is heard by then. */
async function hearAll(): Promise<void> {
  const last = new Promise<void>((resolve) => {
    listener.on('notification', ({ payload }) => {
      if (payload === 'last') resolve()
    })
  })
  await listener.query(`NOTIFY ${COMMIT_CHANNEL}, 'last'`)
  await last
}

test('announces the first commit at once and those that follow together', async () => {
  const signal = createCommitSignal({ databaseUrl })
  for (let commit = 0; commit < 50; commit++) signal.announce()
  await signal.close()
  await hearAll()
  expect(heard).toBe(2)
})

test('stays under ten announcements a second however many commits there are', async () => {
  const signal = createCommitSignal({ databaseUrl })
  const startedAtMs = performance.now()
  let commits = 0
  while (performance.now() < startedAtMs + 450 || commits < 50) {
    signal.announce()
    commits += 1
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  await signal.close()
  const tookMs = performance.now() - startedAtMs
  await hearAll()
  expect(heard).toBeGreaterThanOrEqual(2)
  expect(heard).toBeLessThanOrEqual(1 + tookMs / 100)
})

test('goes on after its connection was cut, and fails nobody while Postgres is away', async () => {
  const signal = createCommitSignal({ databaseUrl })
  signal.announce()
  await expect.poll(() => heard).toBe(1)
  await listener.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE application_name = 'sightglass-recorder' AND datname = current_database()`,
  )
  await expect
    .poll(() => {
      signal.announce()
      return heard
    })
    .toBeGreaterThan(1)
  await signal.close()

  const stuck = createCommitSignal({ databaseUrl: 'postgresql://nobody@127.0.0.1:1/none' })
  stuck.announce()
  await stuck.close()
})

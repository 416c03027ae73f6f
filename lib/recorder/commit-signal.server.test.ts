import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readEnvironment } from '../platform/env.server'
import { COMMIT_CHANNEL, createCommitSignal } from './commit-signal.server'

const databaseUrl = readEnvironment().DATABASE_URL ?? ''

let listener: pg.Client
let heardAtMs: number[]

beforeEach(async () => {
  heardAtMs = []
  listener = new pg.Client({ connectionString: databaseUrl })
  await listener.connect()
  listener.on('notification', () => heardAtMs.push(performance.now()))
  await listener.query(`LISTEN ${COMMIT_CHANNEL}`)
})
afterEach(() => listener.end())

test('announces the first commit at once and those that follow together', async () => {
  const signal = createCommitSignal({ databaseUrl })
  for (let commit = 0; commit < 50; commit++) signal.announce()
  await signal.close()
  // Notifications arrive in order: whatever was announced before this one is here by then.
  await listener.query(`NOTIFY ${COMMIT_CHANNEL}`)
  await expect.poll(() => heardAtMs.length).toBe(3)
})

test('stays under ten announcements a second however many commits there are', async () => {
  const signal = createCommitSignal({ databaseUrl })
  const startedAtMs = performance.now()
  while (performance.now() < startedAtMs + 450) {
    signal.announce()
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  await signal.close()
  expect(heardAtMs.length).toBeGreaterThanOrEqual(2)
  expect(heardAtMs.length).toBeLessThanOrEqual(6)
})

test('goes on after its connection was cut, and fails nobody while Postgres is away', async () => {
  const signal = createCommitSignal({ databaseUrl })
  signal.announce()
  await expect.poll(() => heardAtMs.length).toBe(1)
  await listener.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'sightglass-recorder'",
  )
  await expect
    .poll(() => {
      signal.announce()
      return heardAtMs.length
    })
    .toBeGreaterThan(1)
  await signal.close()

  const stuck = createCommitSignal({ databaseUrl: 'postgresql://nobody@127.0.0.1:1/none' })
  stuck.announce()
  await stuck.close()
})

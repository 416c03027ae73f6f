import { expect, test } from 'vitest'
import { openConnection } from '../database-connection.server'
import { readEnvironment } from '../env.server'
import { runOnDatabase } from './run-on-database.server'

const databaseUrl = readEnvironment().DATABASE_URL ?? ''
const LOCK = 42
const NEVER_MS = 3_600_000

test('leaves out a run that another process is at, and gives the lock back after its own', async () => {
  const other = await openConnection({ url: databaseUrl, name: 'test-holder', silenceMs: 10_000 })
  await other.client.query('SELECT pg_advisory_lock($1)', [LOCK])
  let runs = 0
  const job = runOnDatabase({
    name: 'test',
    everyMs: NEVER_MS,
    databaseUrl,
    silenceMs: 10_000,
    lock: LOCK,
    work: async () => {
      runs += 1
      return undefined
    },
  })
  await job.runNow()
  expect(runs).toBe(0)
  await other.client.query('SELECT pg_advisory_unlock($1)', [LOCK])
  await job.runNow()
  expect(runs).toBe(1)
  await other.client.query('SELECT pg_advisory_lock($1)', [LOCK])
  await Promise.all([job.stop(), other.close()])
})

test('does not hang on a Postgres that says nothing, and comes round on a new connection', async () => {
  let runs = 0
  const job = runOnDatabase({
    name: 'test',
    everyMs: 0,
    databaseUrl,
    silenceMs: 200,
    work: async (client) => {
      runs += 1
      if (runs === 1) await client.query('SELECT pg_sleep(600)')
      return 'done'
    },
  })
  await expect.poll(() => runs).toBe(2)
  await job.stop()
})

test('drops what it is at when it is stopped and the work does not end', async () => {
  let isAtIt = false
  const job = runOnDatabase({
    name: 'test',
    everyMs: NEVER_MS,
    databaseUrl,
    silenceMs: NEVER_MS,
    work: async (client) => {
      isAtIt = true
      await client.query('SELECT pg_sleep(600)')
      return undefined
    },
  })
  await expect.poll(() => isAtIt).toBe(true)
  await job.stop()
})

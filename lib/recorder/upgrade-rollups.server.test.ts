import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readEnvironment } from '../platform/env.server'
import { foldAll } from '../testing/fold-all.server'
import { makeAttempt, makeRecord } from '../testing/make-record'
import { GRANULARITY_MS } from '../time/time-buckets'
import { createRecorder, type Recorder } from './recorder.server'
import { upgradeRollups } from './upgrade-rollups.server'

const databaseUrl = readEnvironment().DATABASE_URL ?? ''
const nowMs = Date.now()
const NEVER = new AbortController().signal
const EMPTIED = [
  'provider_day',
  'provider_week',
  'model_usage_day',
  'tool_day',
  'session',
  'session_cost_day',
]

let client: pg.Client
let recorder: Recorder

beforeAll(async () => {
  client = new pg.Client({ connectionString: databaseUrl, options: '-c timezone=UTC' })
  await client.connect()
  recorder = createRecorder({ databaseUrl })
})
afterAll(async () => {
  await recorder.close()
  await client.end()
})

async function readProgress() {
  const { rows } = await client.query("SELECT value FROM app_setting WHERE key = 'rollupUpgrade'")
  return rows[0]?.value
}

async function countRows(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const table of EMPTIED) {
    const { rows } = await client.query<{ rows: number }>(`SELECT count(*)::int AS rows FROM ${table}`)
    counts[table] = rows[0]?.rows ?? 0
  }
  return counts
}

/** As a database is right after the migration: facts, but nothing in the new rollups and no word of an upgrade. */
async function forgetRollups(): Promise<void> {
  for (const table of EMPTIED) await client.query(`DELETE FROM ${table}`)
  await client.query("DELETE FROM app_setting WHERE key = 'rollupUpgrade'")
}

test('has nothing to do for an installation without facts, and never comes back to it', async () => {
  expect(await upgradeRollups(client, NEVER)).toBe(true)
  expect(await readProgress()).toEqual({ version: 2, areSessionsDone: true, pendingDays: [] })
  const toolCalls = [{ name: 'search', verdict: 'valid' as const, detail: null }]
  const records = [0, 1, 9].map((daysAgo) =>
    makeRecord({
      startedAtMs: nowMs - daysAgo * GRANULARITY_MS.day,
      sessionId: `session-${daysAgo}`,
      toolCalls,
      attempts: [makeAttempt({ toolCalls })],
    }),
  )
  await recorder.record(records, { apiKeyId: 1 })
  await foldAll(client)
  expect(await upgradeRollups(client, NEVER)).toBe(true)
  expect(await readProgress()).toMatchObject({ pendingDays: [] })
})

test('rebuilds the days recorded before, newest first, and goes on where it was stopped', async () => {
  const before = await countRows()
  expect(before.session).toBe(3)
  await forgetRollups()
  const stopped = new AbortController()
  stopped.abort()
  expect(await upgradeRollups(client, stopped.signal)).toBe(false)
  const { pendingDays } = await readProgress()
  expect(pendingDays).toHaveLength(3)
  expect(pendingDays).toEqual(pendingDays.toSorted().toReversed())
  expect(await upgradeRollups(client, NEVER)).toBe(true)
  expect(await readProgress()).toEqual({ version: 2, areSessionsDone: true, pendingDays: [] })
  expect(await countRows()).toEqual(before)
})

test('skips a day whose facts were dropped meanwhile', async () => {
  const stopped = new AbortController()
  stopped.abort()
  await expect.poll(() => upgradeRollups(client, stopped.signal).then(() => readProgress())).toBeTruthy()
  const { pendingDays } = await readProgress()
  await client.query('UPDATE fact_day SET dropped_at = now() WHERE day = $1', [pendingDays[2]])
  expect(await upgradeRollups(client, NEVER)).toBe(true)
  expect(await readProgress()).toMatchObject({ pendingDays: [] })
})

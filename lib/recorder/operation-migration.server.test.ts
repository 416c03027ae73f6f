import { readFile } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readRankings } from '../analytics/rankings/read-rankings.server'
import { rankingsQuery } from '../analytics/rankings/schema'
import { readEnvironment } from '../platform/env.server'
import { foldAll } from '../testing/fold-all.server'
import { makeRecord } from '../testing/make-record'
import { GRANULARITY_MS } from '../time/time-buckets'
import { rebuildRollups } from './rebuild.server'
import { createRecorder, type Recorder } from './recorder.server'

const MIGRATION = path.join(
  import.meta.dirname,
  '../../prisma/migrations/20261201040000_operation/migration.sql',
)
const DAY_MS = GRANULARITY_MS.day
const nowMs = Date.now()
const databaseUrl = readEnvironment().DATABASE_URL ?? ''

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

/** The database as it was before operations had a name. */
async function forgetOperations(): Promise<void> {
  for (const level of ['minute', 'hour', 'day']) {
    await client.query(`ALTER TABLE usage_${level} DROP CONSTRAINT usage_${level}_pkey`)
    await client.query(`ALTER TABLE usage_${level} ADD PRIMARY KEY (subject, bucket, key_id)`)
  }
  for (const table of ['usage_inbox', 'usage_minute', 'usage_hour', 'usage_day', 'request_log']) {
    await client.query(`ALTER TABLE ${table} DROP COLUMN operation`)
  }
  for (const table of ['session', 'session_inbox'])
    await client.query(`ALTER TABLE ${table} DROP COLUMN newest_at`)
  await client.query('DROP TYPE operation')
}

async function rebuildAll(): Promise<boolean[]> {
  const changed: boolean[] = []
  const window = { fromMs: nowMs - 20 * DAY_MS, toMs: nowMs + DAY_MS }
  for await (const day of rebuildRollups(client, window)) if (day.requests > 0) changed.push(day.changed)
  return changed
}

test('what was recorded before was chats, folded or waiting, and nothing needs to be summed up anew', async () => {
  const record = (daysAgo: number, sessionId: string) =>
    makeRecord({ startedAtMs: nowMs - daysAgo * DAY_MS, sessionId, costMicroUsd: 500 })
  await recorder.record([record(0, 'a'), record(0, 'b'), record(10, 'c'), record(10, 'c')], { apiKeyId: 1 })
  await foldAll(client)
  await recorder.record([record(0, 'a'), record(10, 'd')], { apiKeyId: 1 })
  await recorder.close()

  await forgetOperations()
  await client.query(await readFile(MIGRATION, 'utf8'))

  const query = rankingsQuery.parse({ by: 'operation', period: '30d' })
  expect((await readRankings(query, nowMs)).rows).toMatchObject([
    { key: 'chat', requests: 6, totalTokens: 660 },
  ])
  expect(await rebuildAll()).toEqual([false, false])

  // What comes after meets it in the same rows and sessions.
  recorder = createRecorder({ databaseUrl })
  await recorder.record([record(0, 'a'), makeRecord({ operation: 'embedding', startedAtMs: nowMs })], {
    apiKeyId: 1,
  })
  await foldAll(client)
  expect((await readRankings(query, nowMs)).rows).toMatchObject([
    { key: 'chat', requests: 7 },
    { key: 'embedding', requests: 1 },
  ])
  const { rows } = await client.query("SELECT turns FROM session WHERE session_id = 'a'")
  expect(rows).toEqual([{ turns: 3 }])
  expect(await rebuildAll()).toEqual([false, false])
})

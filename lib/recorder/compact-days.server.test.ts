import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readEnvironment } from '../platform/env.server'
import { makeAttempt, makeRecord } from '../testing/make-record'
import { GRANULARITY_MS } from '../time/time-buckets'
import { compactEndedDays } from './compact-days.server'
import { foldOnce } from './folder.server'
import { readHistogram } from './histogram'
import { rebuildDay } from './rebuild.server'
import { createRecorder, type Recorder } from './recorder.server'

const nowMs = Date.now()
const DAY_MS = GRANULARITY_MS.day
// In another week than today, so that its week holds nothing else.
const dayMs = Math.floor(nowMs / DAY_MS) * DAY_MS - 7 * DAY_MS
const day = new Date(dayMs).toISOString().slice(0, 10)
const TABLES = ['endpoint_hour', 'endpoint_day', 'provider_hour', 'provider_day', 'provider_week']

let client: pg.Client
let recorder: Recorder

beforeAll(async () => {
  const databaseUrl = readEnvironment().DATABASE_URL ?? ''
  client = new pg.Client({ connectionString: databaseUrl, options: '-c timezone=UTC' })
  await client.connect()
  recorder = createRecorder({ databaseUrl })
})
afterAll(async () => {
  await recorder.close()
  await client.end()
})

/** Attempts of one endpoint within an hour, with latencies of a few bins, folded one batch at a time. */
async function recordBatches({ startedAtMs, batches }: { startedAtMs: number; batches: number }) {
  for (let batch = 0; batch < batches; batch++) {
    const records = [120, 250, 700].map((timeToFirstTokenMs) =>
      makeRecord({ startedAtMs, attempts: [makeAttempt({ startedAtMs, timeToFirstTokenMs })] }),
    )
    await recorder.record(records, { apiKeyId: 1 })
    await foldOnce(client)
  }
}

async function readLatencies(table: string, fromMs: number) {
  const { rows } = await client.query<{ entries: string[] }>(
    `SELECT time_to_first_token_ms AS entries FROM ${table} WHERE bucket >= $1 ORDER BY bucket`,
    [new Date(fromMs)],
  )
  const entries = (rows[0]?.entries ?? []).map(Number)
  return { entries: entries.length, counts: [...readHistogram(entries)] }
}

/** Of the day and its week in every table. */
async function readAllLatencies() {
  const latencies: Awaited<ReturnType<typeof readLatencies>>[] = []
  for (const table of TABLES) latencies.push(await readLatencies(table, dayMs - 7 * DAY_MS))
  return latencies
}

test('ended days end up with one entry a bin and the same counts; the day that runs is left alone', async () => {
  await recordBatches({ startedAtMs: dayMs, batches: 8 })
  await recordBatches({ startedAtMs: nowMs, batches: 8 })
  const before = await readAllLatencies()
  expect(before.map(({ entries }) => entries)).toEqual(TABLES.map(() => 24))

  expect(await compactEndedDays(client, nowMs)).toEqual([day])

  const after = await readAllLatencies()
  expect(after.map(({ entries }) => entries)).toEqual(TABLES.map(() => 3))
  expect(after.map(({ counts }) => counts)).toEqual(before.map(({ counts }) => counts))
  expect((await readLatencies('endpoint_day', nowMs - DAY_MS)).entries).toBe(24)
})

test('a day is done once, and again when late attempts made it grow', async () => {
  expect(await compactEndedDays(client, nowMs)).toEqual([])
  await recordBatches({ startedAtMs: dayMs, batches: 8 })
  expect(await compactEndedDays(client, nowMs)).toEqual([day])
  expect(await readLatencies('provider_day', dayMs)).toMatchObject({ entries: 3 })
})

test('a rebuilt day is done again', async () => {
  const { changed } = await rebuildDay(client, dayMs)
  expect(changed).toBe(false)
  expect(await compactEndedDays(client, nowMs)).toEqual([day])
  expect(await compactEndedDays(client, nowMs)).toEqual([])
})

test('stops after the day it is at when told to', async () => {
  await rebuildDay(client, dayMs)
  expect(await compactEndedDays(client, nowMs, AbortSignal.abort())).toEqual([])
  expect(await compactEndedDays(client, nowMs)).toEqual([day])
})

import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readEnvironment } from '../platform/env.server'
import { foldAll } from '../testing/fold-all.server'
import { makeAttempt, makeRecord } from '../testing/make-record'
import { GRANULARITY_MS } from '../time/time-buckets'
import { MAX_TOOLS } from './catalog-ids'
import { rebuildRollups } from './rebuild.server'
import { createRecorder, type Recorder } from './recorder.server'

const databaseUrl = readEnvironment().DATABASE_URL ?? ''
const startedAtMs = Math.floor(Date.now() / GRANULARITY_MS.day) * GRANULARITY_MS.day

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

/** A request whose first attempt failed after some calls and whose second one made the same calls. */
function makeCalls(names: readonly string[]) {
  const toolCalls = names.map((name) => ({ name, verdict: 'valid' as const, detail: null }))
  return makeRecord({
    startedAtMs,
    toolCalls,
    attempts: [makeAttempt({ errorClass: 'mid_stream', toolCalls }), makeAttempt({ toolCalls })],
  })
}

async function readCalls(): Promise<Map<string, number>> {
  await foldAll(client)
  const { rows } = await client.query<{ name: string; calls: number }>(
    'SELECT name, calls_valid AS calls FROM tool_day JOIN tool ON tool.id = tool_id',
  )
  return new Map(rows.map((row) => [row.name, row.calls]))
}

test('counts the calls of all attempts, by the first 200 characters of the name', async () => {
  const long = 'x'.repeat(199) + '😀'.repeat(20)
  await recorder.record([makeCalls(['search', 'search', long])], { apiKeyId: 1 })
  const calls = await readCalls()
  expect(calls.get('search')).toBe(4)
  expect(calls.get(`${'x'.repeat(199)}\ufffd`)).toBe(2)
})

test('keeps the first thousands of names and counts all others together, as a rebuild does', async () => {
  const names = Array.from({ length: MAX_TOOLS + 40 }, (_, index) => `made_up_${index}`)
  const other = createRecorder({ databaseUrl })
  for (let start = 0; start < names.length; start += 480) {
    const [mine, theirs] = [names.slice(start, start + 240), names.slice(start + 240, start + 480)]
    await Promise.all([
      recorder.record([makeCalls(mine)], { apiKeyId: 1 }),
      other.record([makeCalls(theirs)], { apiKeyId: 1 }),
    ])
  }
  await other.record([makeCalls(['search', 'late_1', 'late_2'])], { apiKeyId: 1 })
  await other.close()
  const calls = await readCalls()
  expect(calls.size).toBe(MAX_TOOLS + 1)
  expect(calls.get('search')).toBe(6)
  // Two names were kept before; each name was called by two attempts.
  expect(calls.get('(other tools)')).toBe(2 * (names.length + 2 - MAX_TOOLS) + 4)
  const window = { fromMs: startedAtMs, toMs: startedAtMs + 1 }
  for await (const day of rebuildRollups(client, window)) expect(day.changed).toBe(false)
})

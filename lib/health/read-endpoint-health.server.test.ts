import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { db } from '../platform/db.server'
import { readEnvironment } from '../platform/env.server'
import { createRecorder, type Recorder } from '../recorder/recorder.server'
import type { Attempt } from '../records/request-record'
import { foldAll } from '../testing/fold-all.server'
import { makeAttempt, makeRecords } from '../testing/make-record'
import { GRANULARITY_MS } from '../time/time-buckets'
import { type EndpointHealthSums, NO_HEALTH_SUMS, percentilesOf, toHealthView } from './derive-health'
import { readEndpointHealth } from './read-endpoint-health.server'

const MINUTE_MS = GRANULARITY_MS.minute
/** Half past an hour, so that no window edge falls between two records. */
const nowMs = Math.floor(Date.now() / GRANULARITY_MS.hour) * GRANULARITY_MS.hour - 30 * MINUTE_MS

let recorder: Recorder
let client: pg.Client

beforeAll(async () => {
  const databaseUrl = readEnvironment().DATABASE_URL ?? ''
  recorder = createRecorder({ databaseUrl })
  client = new pg.Client({ connectionString: databaseUrl, options: '-c timezone=UTC' })
  await client.connect()
})

afterAll(async () => {
  await recorder.close()
  await client.end()
})

/** So many requests for a tool call, each with one such attempt. */
const times = (count: number, { minutesAgo, ...attempt }: { minutesAgo: number } & Partial<Attempt>) =>
  makeRecords(count, {
    startedAtMs: nowMs - minutesAgo * MINUTE_MS,
    finishReason: 'tool_calls',
    toolsOffered: 1,
    toolCalls: attempt.toolCalls ?? null,
    attempts: [makeAttempt({ finishReason: 'tool_calls', ...attempt })],
  })

async function endpointIdOf(provider: string): Promise<number> {
  const row = await db().endpoint.findFirstOrThrow({ where: { provider: { slug: provider } } })
  return row.id
}

async function healthOf(provider: string): Promise<EndpointHealthSums> {
  const id = await endpointIdOf(provider)
  const health = await readEndpointHealth({ nowMs, endpointIds: [id], percentiles: '5_and_30_minutes' })
  return health.get(id) ?? NO_HEALTH_SUMS
}

test('counts each window by itself, and folding changes nothing', async () => {
  await recorder.record(
    [
      ...times(3, { provider: 'helios', minutesAgo: 1 }),
      ...times(2, { provider: 'helios', minutesAgo: 3, errorClass: 'upstream_5xx', httpStatus: 503 }),
      ...times(4, { provider: 'helios', minutesAgo: 20 }),
      ...times(1, { provider: 'helios', minutesAgo: 20, errorClass: 'timeout' }),
      ...times(5, { provider: 'helios', minutesAgo: 20, errorClass: 'rate_limited', httpStatus: 429 }),
      ...times(6, { provider: 'helios', minutesAgo: 45 }),
      ...times(7, { provider: 'helios', minutesAgo: 22 * 60 }),
      ...times(8, { provider: 'helios', minutesAgo: 26 * 60 }),
    ],
    { apiKeyId: 1 },
  )
  const waiting = await healthOf('helios')
  expect(waiting).toMatchObject({
    last5Minutes: { attempts: 5, ok: 3, countedErrors: 2 },
    last30Minutes: { attempts: 15, ok: 7, countedErrors: 3 },
    lastDay: { attempts: 28, ok: 20, countedErrors: 3 },
  })
  await foldAll(client)
  expect(await healthOf('helios')).toEqual(waiting)
})

test('half folded is as exact as folded', async () => {
  await recorder.record(times(12, { provider: 'halfway', minutesAgo: 2 }), { apiKeyId: 1 })
  await foldAll(client)
  await recorder.record(times(13, { provider: 'halfway', minutesAgo: 2, timeToFirstTokenMs: 400 }), {
    apiKeyId: 1,
  })
  const health = await healthOf('halfway')
  expect(health.last5Minutes).toEqual({ attempts: 25, ok: 25, countedErrors: 0 })
  expect(health.lastDay.attempts).toBe(25)
  // Equal sums of entries: both bins with the counts of both places.
  expect(health.timeToFirstTokenMs5Minutes).toHaveLength(2)
  const percentiles = percentilesOf(health.timeToFirstTokenMs5Minutes)
  expect(Math.abs((percentiles?.p50 ?? 0) / 400 - 1)).toBeLessThanOrEqual(0.02)
})

test('keeps the percentiles of five minutes apart from those of thirty', async () => {
  await recorder.record(
    [
      ...times(30, { provider: 'slower', minutesAgo: 2, timeToFirstTokenMs: 2000, durationMs: 4000 }),
      ...times(70, { provider: 'slower', minutesAgo: 15, timeToFirstTokenMs: 100, durationMs: 1100 }),
    ],
    { apiKeyId: 1 },
  )
  const health = await healthOf('slower')
  const near = (value: number | undefined, exact: number) => Math.abs((value ?? 0) / exact - 1) <= 0.02
  expect(near(percentilesOf(health.timeToFirstTokenMs5Minutes)?.p50, 2000)).toBe(true)
  expect(near(percentilesOf(health.timeToFirstTokenMs30Minutes)?.p50, 100)).toBe(true)
  expect(near(percentilesOf(health.timeToFirstTokenMs30Minutes)?.p75, 2000)).toBe(true)
  // 10 tokens in 2 s and in 1 s of streaming.
  expect(near(percentilesOf(health.tokensPerSecond5Minutes)?.p50, 5)).toBe(true)
  expect(near(percentilesOf(health.tokensPerSecond30Minutes)?.p50, 10)).toBe(true)
})

test('counts the day’s tool calls that could be checked', async () => {
  const call = (verdict: 'valid' | 'invalid_json' | 'unknown') => ({
    toolCalls: [{ name: 'get_weather', verdict, detail: null }],
  })
  await recorder.record(
    [
      ...times(24, { provider: 'caller', minutesAgo: 200, ...call('valid') }),
      ...times(6, { provider: 'caller', minutesAgo: 200, ...call('invalid_json') }),
      ...times(9, { provider: 'caller', minutesAgo: 200, ...call('unknown') }),
    ],
    { apiKeyId: 1 },
  )
  const health = await healthOf('caller')
  expect(toHealthView(health)).toMatchObject({
    toolCallErrorRate: 0.2,
    toolCallAttempts: 30,
    attempts30m: 0,
    status: 'unknown',
  })
})

test('reads the long histograms only when they are asked for', async () => {
  const id = await endpointIdOf('slower')
  const health = (await readEndpointHealth({ nowMs, endpointIds: [id] })).get(id)
  expect(health?.timeToFirstTokenMs5Minutes).not.toEqual([])
  expect(health?.timeToFirstTokenMs30Minutes).toEqual([])
  expect(health?.last30Minutes.attempts).toBe(100)
})

test('without a choice it answers for the endpoints that the gateway may use', async () => {
  expect(await readEndpointHealth({ nowMs })).toEqual(new Map())
  const id = await endpointIdOf('slower')
  await db().endpoint.update({ where: { id }, data: { enabled: true } })
  expect([...(await readEndpointHealth({ nowMs })).keys()]).toEqual([id])
})

test('answers only for the endpoints asked for', async () => {
  const id = await endpointIdOf('helios')
  const health = await readEndpointHealth({ nowMs, endpointIds: [id] })
  expect([...health.keys()]).toEqual([id])
  expect(await readEndpointHealth({ nowMs, endpointIds: [] })).toEqual(new Map())
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { UNKNOWN_HEALTH } from '../health/endpoint-health'
import { liveHub } from '../live/live-hub.server'
import { db } from '../platform/db.server'
import { readEnvironment } from '../platform/env.server'
import { createRecorder, type Recorder } from '../recorder/recorder.server'
import { makeAttempt, makeRecords } from '../testing/make-record'
import { liveHealth, noteEndpointCall, refreshHealth } from './live-health.server'

let recorder: Recorder

beforeAll(() => {
  recorder = createRecorder({ databaseUrl: readEnvironment().DATABASE_URL ?? '' })
})

afterAll(async () => {
  await liveHub().stop()
  await recorder.close()
})

async function endpointIdOf(provider: string): Promise<number> {
  const row = await db().endpoint.findFirstOrThrow({ where: { provider: { slug: provider } } })
  return row.id
}

const near = (value: number | undefined, exact: number) => Math.abs((value ?? 0) / exact - 1) <= 0.02

test('an endpoint nobody has called is unknown', () => {
  expect(liveHealth(Date.now())(4711)).toEqual(UNKNOWN_HEALTH)
})

test('counts what the recorder committed, and the speed of what the gateway may use', async () => {
  const nowMs = Date.now()
  const call = (verdict: 'valid' | 'invalid_json') => [{ name: 'get_weather', verdict, detail: null }]
  await recorder.record(
    [
      ...makeRecords(24, {
        startedAtMs: nowMs - 1000,
        promptTokens: 100,
        cachedTokens: 30,
        attempts: [makeAttempt({ toolCalls: call('valid'), finishReason: 'tool_calls' })],
      }),
      ...makeRecords(6, {
        startedAtMs: nowMs - 20 * 60_000,
        promptTokens: 100,
        cachedTokens: 5,
        attempts: [
          makeAttempt({
            toolCalls: call('invalid_json'),
            finishReason: 'tool_calls',
            timeToFirstTokenMs: 2000,
            durationMs: 3000,
          }),
        ],
      }),
      ...makeRecords(10, {
        startedAtMs: nowMs - 1000,
        attempts: [
          makeAttempt({ errorClass: 'upstream_5xx', httpStatus: 503, timeToFirstTokenMs: null }),
          makeAttempt({ provider: 'polaris' }),
        ],
      }),
    ],
    { apiKeyId: 1 },
  )
  const id = await endpointIdOf('helios')
  await db().endpoint.update({ where: { id }, data: { enabled: true } })
  await refreshHealth(nowMs)
  const healthOf = liveHealth(nowMs)
  expect(healthOf(id)).toMatchObject({
    uptime: 0.75,
    attempts: 40,
    toolCallErrorRate: 0.2,
    toolCallAttempts: 30,
    hasOutage: false,
    // 10 errors and no rate limit among the last five minutes' 34 tries.
    failureShare: 10 / 34,
    cacheHitRate: 0.25,
  })
  // The slow ones are older than five minutes.
  expect(near(healthOf(id).latencyMs?.p99, 200)).toBe(true)
  // 10 tokens in the half second after the first.
  expect(near(healthOf(id).tokensPerSecond?.p50, 20)).toBe(true)
  expect(healthOf(await endpointIdOf('polaris'))).toMatchObject({ attempts: 10, latencyMs: null })
})

test('what this process saw itself counts at once', async () => {
  const id = await endpointIdOf('helios')
  const nowMs = Date.now()
  noteEndpointCall(id, { errorClass: 'rate_limited', retryAfterMs: 5000, nowMs })
  expect(liveHealth(nowMs)(id)).toMatchObject({ attempts: 40, blockedBy: 'retry_after' })
})

test('the last counts stay when there is no newer board', async () => {
  const id = await endpointIdOf('helios')
  await liveHub().stop()
  expect(liveHub().board()).toBeNull()
  expect(liveHealth(Date.now())(id)).toMatchObject({ attempts: 40, uptime: 0.75 })
})

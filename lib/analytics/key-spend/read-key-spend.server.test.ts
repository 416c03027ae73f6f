import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createApiKey } from '../../access/manage-keys.server'
import { readEnvironment } from '../../platform/env.server'
import { createRecorder, type Recorder } from '../../recorder/recorder.server'
import { makeRecord } from '../../testing/make-record'
import { readKeySpend } from './read-key-spend.server'

/** A Wednesday at noon, in the middle of its month. */
const NOW_MS = Date.UTC(2026, 10, 18, 12)
const DAY_MS = 86_400_000

let recorder: Recorder
let keys: { id: number }[]

beforeAll(async () => {
  // What the recorder keeps depends on the day.
  vi.useFakeTimers({ toFake: ['Date'], now: NOW_MS })
  recorder = createRecorder({ databaseUrl: readEnvironment().DATABASE_URL ?? '' })
  keys = await Promise.all(
    ['one', 'other'].map((name) =>
      createApiKey({ name, scopes: ['gateway'], requestsPerMinute: null, actor: 'test' }),
    ),
  )
  const spent = (daysAgo: number, costMicroUsd: number | null, operation: 'chat' | 'embedding' = 'chat') =>
    makeRecord({
      externalId: randomUUID(),
      startedAtMs: NOW_MS - daysAgo * DAY_MS,
      costMicroUsd,
      costSource: costMicroUsd === null ? null : 'reported',
      operation,
    })
  const [one, other] = keys
  await recorder.record(
    [spent(0, 10), spent(0, null), spent(1, 200, 'embedding'), spent(10, 3000), spent(29, 40_000)],
    {
      apiKeyId: one?.id ?? 0,
    },
  )
  await recorder.record([spent(0, 500_000)], { apiKeyId: other?.id ?? 0 })
})

afterAll(async () => {
  await recorder.close()
  vi.useRealTimers()
})

test('a key’s spend is its own, on every operation, by day, week and month', async () => {
  expect(await readKeySpend(keys[0]?.id ?? 0, NOW_MS)).toEqual({
    total: 43_210,
    day: 10,
    week: 210,
    month: 3210,
  })
})

test('everybody’s spend is that of all keys', async () => {
  expect((await readKeySpend(null, NOW_MS)).total).toBe(543_210)
})

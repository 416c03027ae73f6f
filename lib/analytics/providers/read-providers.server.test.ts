import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { db } from '../../platform/db.server'
import { readEnvironment } from '../../platform/env.server'
import { AppError } from '../../platform/errors'
import { createRecorder, type Recorder } from '../../recorder/recorder.server'
import { foldAll } from '../../testing/fold-all.server'
import { makeAttempt, makeRecord, makeRecords } from '../../testing/make-record'
import { horizonsAt } from '../../time/horizons'
import { GRANULARITY_MS } from '../../time/time-buckets'
import { readEndpointsWindow } from '../endpoints-window/read-endpoints-window.server'
import { findProvider } from './find-provider.server'
import { listEndpointNames } from './list-endpoint-names.server'
import { readProviderSeries } from './read-provider-series.server'
import { readProviders } from './read-providers.server'
import { providerSeriesTable, providersTable } from './table'

const HOUR_MS = GRANULARITY_MS.hour
const nowMs = Date.now()
/** Noon two days ago: far from now and from every bucket edge that matters. */
const noonMs = Math.floor(nowMs / GRANULARITY_MS.day) * GRANULARITY_MS.day - 36 * HOUR_MS
const iso = (ms: number) => new Date(ms).toISOString()
const DAY = {
  from: iso(noonMs - 12 * HOUR_MS),
  to: iso(noonMs + 12 * HOUR_MS),
  format: 'json' as const,
}

let recorder: Recorder
let client: pg.Client

/**
 * helios: 27 good attempts and 13 that failed over, at noon; 10 rate limits an hour later. polaris: what failed over.
 * quiet: 3 attempts.
 */
beforeAll(async () => {
  const databaseUrl = readEnvironment().DATABASE_URL ?? ''
  recorder = createRecorder({ databaseUrl })
  client = new pg.Client({ connectionString: databaseUrl, options: '-c timezone=UTC' })
  await client.connect()
  await recorder.record(
    [
      ...makeRecords(20, {
        startedAtMs: noonMs,
        costMicroUsd: 500_000,
        costSource: 'reported',
        attempts: [makeAttempt({ costMicroUsd: 500_000 })],
      }),
      ...makeRecords(7, { startedAtMs: noonMs, model: 'acme/atlas-mini' }),
      ...makeRecords(13, {
        startedAtMs: noonMs,
        attempts: [
          makeAttempt({
            errorClass: 'upstream_5xx',
            httpStatus: 503,
            timeToFirstTokenMs: null,
            finishReason: null,
          }),
          makeAttempt({ provider: 'polaris', timeToFirstTokenMs: 1000, durationMs: 1500 }),
        ],
      }),
      ...makeRecords(10, {
        startedAtMs: noonMs + HOUR_MS,
        promptTokens: null,
        completionTokens: null,
        attempts: [
          makeAttempt({
            errorClass: 'rate_limited',
            httpStatus: 429,
            timeToFirstTokenMs: null,
            finishReason: null,
          }),
        ],
      }),
      ...makeRecords(3, { startedAtMs: noonMs, attempts: [makeAttempt({ provider: 'quiet' })] }),
    ],
    { apiKeyId: 1 },
  )
})

afterAll(async () => {
  await recorder.close()
  await client.end()
})

describe('readProviders', () => {
  test('tells every provider with attempts, and folding changes nothing', async () => {
    const waiting = await readProviders(DAY, nowMs)
    expect(waiting.rows.map(({ provider, attempts, ok }) => [provider, attempts, ok])).toEqual([
      ['helios', 50, 27],
      ['polaris', 13, 13],
      ['quiet', 3, 3],
    ])
    expect(waiting.rows[0]).toMatchObject({
      name: 'helios',
      endpoints: 2,
      errorsByClass: { rate_limited: 10, upstream_5xx: 13 },
      // 27 of 40: rate limits count for neither.
      uptime: 0.675,
      status: 'down',
      rateLimitedShare: 0.2,
      requests: 37,
      totalTokens: 27 * 110,
      costUsd: 10,
    })
    await foldAll(client)
    expect(await readProviders(DAY, nowMs)).toEqual(waiting)
  })

  test('says nothing of a provider with three attempts, and no cost where none is known', async () => {
    const { rows } = await readProviders(DAY, nowMs)
    expect(rows.find((row) => row.provider === 'quiet')).toMatchObject({
      attempts: 3,
      uptime: null,
      status: 'unknown',
      toolCallErrorRate: null,
      costUsd: null,
    })
  })

  test('availability with failover counts requests, without it attempts', async () => {
    const { availability } = await readProviders(DAY, nowMs)
    // All 43 requests that count went well in the end; 13 of their 56 attempts did not.
    expect(availability).toEqual({ withRouting: 1, withoutRouting: 43 / 56 })
  })

  test('no traffic is no rows and nothing known', async () => {
    const empty = await readProviders(
      { from: '2024-01-01T00:00:00Z', to: '2024-01-02T00:00:00Z', format: 'json' },
      nowMs,
    )
    expect(empty).toMatchObject({ rows: [], availability: { withRouting: null, withoutRouting: null } })
  })

  test('exports a column for each error class', async () => {
    const { header, rows } = providersTable(await readProviders(DAY, nowMs))
    const helios = Object.fromEntries(header.map((name, index) => [name, rows[0]?.[index]]))
    expect(helios).toMatchObject({ provider: 'helios', upstream_5xx: 13, timeout: 0, requests: 37 })
  })
})

describe('readProviderSeries', () => {
  test('leaves buckets without attempts out and adds up to the total', async () => {
    const series = await readProviderSeries('helios', { ...DAY, granularity: 'hour' }, nowMs)
    expect(series.points.map(({ start, attempts, uptime }) => [start, attempts, uptime])).toEqual([
      [iso(noonMs), 40, 0.675],
      [iso(noonMs + HOUR_MS), 10, null],
    ])
    expect(series.totals).toMatchObject({ attempts: 50, uptime: 0.675, requests: 37 })
    const total = (await readProviders(DAY, nowMs)).rows.find((row) => row.provider === 'helios')
    expect(total).toMatchObject({ latencyMsP50: series.totals.latencyMsP50, ok: series.totals.ok })
  })

  test.each(['minute', 'hour', 'day'] as const)('by %s gives the same total', async (granularity) => {
    const series = await readProviderSeries('polaris', { ...DAY, granularity }, nowMs)
    expect(series.totals).toMatchObject({ attempts: 13, ok: 13 })
    expect(Math.abs((series.totals.latencyMsP99 ?? 0) / 1000 - 1)).toBeLessThanOrEqual(0.02)
    const { rows } = providerSeriesTable(series)
    expect(rows).toHaveLength(1)
  })

  test('does not know a provider that no log has named', async () => {
    await expect(readProviderSeries('nobody', { ...DAY, granularity: 'hour' }, nowMs)).rejects.toThrow(
      new AppError('not_found', 'No request has gone to a provider called "nobody", and none is connected.'),
    )
  })

  test('says from when on minutes are kept', async () => {
    const query = { period: '30d' as const, granularity: 'minute' as const, format: 'json' as const }
    await expect(readProviderSeries('helios', query, nowMs)).rejects.toThrow(/minute rollups are kept from/)
  })

  test('counts a window across the edge of what is kept by the minute once', async () => {
    const edgeMs = horizonsAt(nowMs).minuteFromMs
    await recorder.record(
      [
        ...makeRecords(4, { startedAtMs: edgeMs - 1, attempts: [makeAttempt({ provider: 'edge' })] }),
        makeRecord({ startedAtMs: edgeMs, attempts: [makeAttempt({ provider: 'edge' })] }),
      ],
      { apiKeyId: 1 },
    )
    await foldAll(client)
    const query = {
      from: iso(edgeMs - 90_000),
      to: iso(edgeMs + 60_000),
      granularity: 'hour' as const,
      format: 'json' as const,
    }
    const series = await readProviderSeries('edge', query, nowMs)
    expect(series.from).toBe(iso(edgeMs - HOUR_MS))
    expect(series.points.map((point) => point.attempts)).toEqual([4, 1])
    expect(series.totals.attempts).toBe(5)
  })
})

describe('readEndpointsWindow', () => {
  test('tells a provider’s endpoints worst first', async () => {
    const { id } = await findProvider('helios')
    const { rows } = await readEndpointsWindow({ providerId: id }, DAY, nowMs)
    expect(rows.map(({ model, attempts, uptime, status }) => ({ model, attempts, uptime, status }))).toEqual([
      { model: 'acme/atlas', attempts: 43, uptime: 20 / 33, status: 'down' },
      { model: 'acme/atlas-mini', attempts: 7, uptime: null, status: 'unknown' },
    ])
    // 10 dollars for 20 requests of 110 tokens.
    expect(rows[0]?.effectiveUsdPerMTok).toBeCloseTo(10 / (20 * 110 * 1e-6), 6)
    expect(rows[0]?.cacheHitRate).toBeNull()
  })

  test('tells a model’s endpoints at every provider', async () => {
    const model = await db().model.findUniqueOrThrow({ where: { slug: 'acme/atlas' } })
    const { rows } = await readEndpointsWindow({ modelIds: [model.id] }, DAY, nowMs)
    expect(rows.map((row) => [row.provider, row.attempts])).toEqual([
      ['helios', 43],
      ['polaris', 13],
      ['quiet', 3],
    ])
    const { endpoints } = await listEndpointNames()
    expect(endpoints.filter((one) => rows.some((row) => row.endpointId === one.endpointId))).toMatchObject([
      { model: 'acme/atlas', modelName: 'atlas', provider: 'helios', providerName: 'helios', enabled: false },
      { model: 'acme/atlas', provider: 'polaris', providerName: 'polaris', enabled: false },
      { model: 'acme/atlas', provider: 'quiet', providerName: 'quiet', enabled: false },
    ])
  })
})

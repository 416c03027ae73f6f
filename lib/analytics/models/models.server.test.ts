import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { putEndpoint } from '../../catalog/put-endpoint.server'
import { putModel } from '../../catalog/put-model.server'
import { putProvider } from '../../catalog/put-provider.server'
import { putEndpointBody } from '../../catalog/schema'
import type { WireRecord } from '../../formats/sightglass/schema'
import { type RecordedTraffic, recordTraffic } from '../../testing/recorded-traffic.server'
import { toCsv } from '../csv'
import { readRankings } from '../rankings/read-rankings.server'
import { rankingsQuery } from '../rankings/schema'
import { readLaunches } from './read-launches.server'
import { readModel } from './read-model.server'
import { readModelSeries } from './read-model-series.server'
import { readModels } from './read-models.server'
import type { ModelProvider } from './schema'
import { launchesTable, modelProvidersTable, modelSeriesTable, modelsTable } from './table'

const nowMs = Date.now()
const WINDOW = { from: '2024-05-06T00:00:00Z', to: '2024-05-08T00:00:00Z', format: 'json' as const }
const EMPTY = { from: '2021-01-01T00:00:00Z', to: '2021-01-02T00:00:00Z', format: 'json' as const }

let traffic: RecordedTraffic
let sent = 0

function records(count: number, over: Partial<WireRecord>): WireRecord[] {
  return Array.from({ length: count }, () => {
    sent += 1
    return {
      id: `models-${sent}`,
      startedAt: '2024-05-06T10:00:00Z',
      model: 'acme/atlas',
      provider: 'helios',
      app: 'shop-bot',
      stream: true,
      promptTokens: 100,
      completionTokens: 10,
      httpStatus: 200,
      timeToFirstTokenMs: 200,
      durationMs: 700,
      ...over,
    }
  })
}

const called = (verdict: 'valid' | 'invalid_json') => ({
  toolsOffered: 1,
  finishReason: 'tool_calls',
  toolCalls: [{ name: 'get_weather', verdict }],
})

/**
 * acme/atlas at helios: 30 requests, 24 of them with a good tool call and 6 with a bad one; 40 of 100 prompt tokens
 * cached; a tenth of a cent each. At polaris: 3 requests. 10 more that failed at polaris and went on to helios the day
 * after. `acme/lyra`: 1 request. Its other name `elsewhere/lyra-fast`: 4. `acme/silent` is configured and unused.
 */
beforeAll(async () => {
  traffic = await recordTraffic()
  const cheap = { cachedTokens: 40, costUsd: 0.001 }
  await traffic.send([
    ...records(24, { ...cheap, ...called('valid') }),
    ...records(6, { ...cheap, ...called('invalid_json') }),
    ...records(3, { provider: 'polaris', app: 'desk', timeToFirstTokenMs: 900, durationMs: 1900 }),
  ])
  await traffic.fold()
  await traffic.send([
    ...records(10, {
      startedAt: '2024-05-07T10:00:00Z',
      toolsOffered: 0,
      attempts: [
        { provider: 'polaris', errorClass: 'upstream_5xx', httpStatus: 503 },
        { provider: 'helios', httpStatus: 200, timeToFirstTokenMs: 200, durationMs: 700 },
      ],
    }),
    ...records(1, { model: 'acme/lyra' }),
    ...records(4, { model: 'elsewhere/lyra-fast', startedAt: '2024-05-04T23:59:59Z' }),
    ...records(2, { model: 'elsewhere/lyra-fast', promptTokens: 9, completionTokens: 1 }),
  ])
  await putProvider({
    slug: 'helios',
    body: { name: 'Helios', baseUrl: 'http://127.0.0.1:9801/v1', apiShape: 'openai-chat' },
    actor: 'test',
  })
  const put = (body: Record<string, unknown>) =>
    putEndpoint({ body: putEndpointBody.parse(body), actor: 'test', nowMs })
  await put({
    model: 'acme/atlas',
    provider: 'helios',
    promptUsdPerMTok: 0.5,
    cachedUsdPerMTok: 0.1,
    completionUsdPerMTok: 2,
    contextLength: 131_072,
    quantization: 'fp8',
  })
  await put({ model: 'acme/atlas', provider: 'polaris', promptUsdPerMTok: 0.75, completionUsdPerMTok: 1.5 })
  await put({ model: 'acme/atlas', provider: 'polaris', contextLength: 65_536 })
  await put({ model: 'acme/silent', provider: 'helios', supportsTools: false, contextLength: 8000 })
})

afterAll(() => traffic.close())

const models = (query = WINDOW) => readModels(query, nowMs)
const modelRow = async (model: string, query = WINDOW) =>
  (await models(query)).rows.find((row) => row.model === model)

async function providerOf(model: string, provider: string): Promise<ModelProvider> {
  const answer = await readModel(model, WINDOW, nowMs)
  const row = answer.providers.find((one) => one.provider === provider)
  if (!row) throw new Error(`${model} has no provider ${provider}`)
  return row
}

describe('the catalogue', () => {
  test('says what a model is, costs and did', async () => {
    expect(await modelRow('acme/atlas')).toEqual({
      model: 'acme/atlas',
      name: 'atlas',
      author: 'acme',
      launchedOn: '2024-05-06',
      launchSource: 'first_seen',
      aliases: [],
      totalTokens: 43 * 110,
      requests: 43,
      share: (43 * 110) / (43 * 110 + 110 + 20),
      providers: 2,
      promptUsdPerMTok: 0.5,
      completionUsdPerMTok: 1.5,
      contextLength: 131_072,
      supportsTools: true,
      toolCallErrorRate: 6 / 30,
      // 30 + 3 + 10 good attempts, 10 bad ones.
      uptime: 43 / 53,
      latencyMsP50: expect.closeTo(200, -1),
    })
  })

  test('lists a configured model without traffic, most tokens first', async () => {
    expect(await modelRow('acme/silent')).toMatchObject({
      totalTokens: 0,
      requests: 0,
      share: 0,
      launchedOn: null,
      launchSource: null,
      supportsTools: false,
      contextLength: 8000,
      uptime: null,
      latencyMsP50: null,
      toolCallErrorRate: null,
    })
    const { rows } = await models()
    expect(rows.map((row) => row.model)).toEqual([
      'acme/atlas',
      'acme/lyra',
      'elsewhere/lyra-fast',
      'acme/silent',
    ])
  })

  test('judges by the last two UTC days of the window and says which', async () => {
    const answer = await models({ ...WINDOW, from: '2024-04-01T00:00:00Z', to: '2024-05-07T12:00:00Z' })
    expect([answer.healthFrom, answer.healthTo]).toEqual([
      '2024-05-06T00:00:00.000Z',
      '2024-05-08T00:00:00.000Z',
    ])
    const later = await modelRow('acme/atlas', { ...WINDOW, to: '2024-05-09T00:00:00Z' })
    // The 7th and the 8th hold 10 good attempts and 10 bad ones.
    expect(later).toMatchObject({ uptime: 0.5, toolCallErrorRate: null })
  })

  test('without traffic has no shares, only what is configured and when it began', async () => {
    const answer = await models(EMPTY)
    expect(answer.rows.map((row) => [row.totalTokens, row.share, row.uptime])).toEqual(
      answer.rows.map(() => [0, null, null]),
    )
    expect(await modelRow('acme/atlas', EMPTY)).toMatchObject({
      promptUsdPerMTok: 0.5,
      supportsTools: null,
      launchedOn: '2024-05-06',
    })
  })

  test('folding changes nothing', async () => {
    const before = await models()
    await traffic.fold()
    expect(await models()).toEqual(before)
  })
})

describe('a model under two names', () => {
  test('is one row from the earlier launch on, and two again afterwards', async () => {
    const apart = await models()
    await putModel({ slug: 'elsewhere/lyra-fast', body: { alias_of: 'acme/lyra' }, actor: 'test' })
    expect(await modelRow('acme/lyra')).toMatchObject({
      aliases: ['elsewhere/lyra-fast'],
      totalTokens: 110 + 20,
      requests: 3,
      launchedOn: '2024-05-04',
    })
    expect(await modelRow('elsewhere/lyra-fast')).toBeUndefined()
    const page = await readModel('elsewhere/lyra-fast', WINDOW, nowMs)
    expect(page).toMatchObject({
      model: 'acme/lyra',
      askedAs: 'elsewhere/lyra-fast',
      aliases: ['elsewhere/lyra-fast'],
      launchedOn: '2024-05-04',
      totals: { totalTokens: 130, requests: 3, rank: 2, models: 2 },
    })
    expect(page.providers).toMatchObject([{ provider: 'helios', attempts: 3, tokenShare: 1 }])
    expect(await readModel('acme/lyra', WINDOW, nowMs)).toEqual({ ...page, askedAs: null })
    const series = await readModelSeries('elsewhere/lyra-fast', { ...WINDOW, granularity: 'day' }, nowMs)
    expect(series).toMatchObject({
      model: 'acme/lyra',
      providers: [{ provider: 'helios', points: [{ attempts: 3, totalTokens: 130 }] }],
    })
    await putModel({ slug: 'elsewhere/lyra-fast', body: { alias_of: null }, actor: 'test' })
    expect(await models()).toEqual(apart)
  })
})

describe('the launch day', () => {
  test('is the catalogue’s where an operator gave one, and orders the timeline', async () => {
    await putModel({ slug: 'acme/atlas', body: { released_on: '2024-05-05', name: 'Atlas' }, actor: 'test' })
    expect(await modelRow('acme/atlas')).toMatchObject({
      name: 'Atlas',
      launchedOn: '2024-05-05',
      launchSource: 'catalog',
    })
    const { rows } = await readLaunches()
    expect(rows).toEqual([
      {
        model: 'acme/lyra',
        name: 'lyra',
        author: 'acme',
        launchedOn: '2024-05-06',
        launchSource: 'first_seen',
        totalTokens: 110,
        requests: 1,
        rank: 3,
      },
      {
        model: 'acme/atlas',
        name: 'Atlas',
        author: 'acme',
        launchedOn: '2024-05-05',
        launchSource: 'catalog',
        totalTokens: 43 * 110,
        requests: 43,
        rank: 1,
      },
      {
        model: 'elsewhere/lyra-fast',
        name: 'lyra-fast',
        author: 'elsewhere',
        launchedOn: '2024-05-04',
        launchSource: 'first_seen',
        totalTokens: 4 * 110 + 20,
        requests: 6,
        rank: 2,
      },
    ])
    await putModel({ slug: 'acme/atlas', body: { released_on: null, name: null }, actor: 'test' })
  })
})

describe('the page of a model', () => {
  test('adds up the model, its place among all, and its tool funnel', async () => {
    const answer = await readModel('acme/atlas', WINDOW, nowMs)
    expect(answer).toMatchObject({
      model: 'acme/atlas',
      askedAs: null,
      totals: {
        totalTokens: 4730,
        promptTokens: 4300,
        completionTokens: 430,
        requests: 43,
        share: 4730 / 4860,
        rank: 1,
        models: 3,
      },
      // 43 requests went well; of 53 attempts 10 failed.
      availability: { withRouting: 1, withoutRouting: 43 / 53 },
      toolFunnel: { requests: 40, offered: 30, used: 30, finishedByToolCall: 30 },
      apps: [
        { app: 'shop-bot', label: 'shop-bot', requests: 40, totalTokens: 4400, share: 4400 / 4730 },
        { app: 'desk', label: 'desk', requests: 3, totalTokens: 330, share: 330 / 4730 },
      ],
    })
    expect(answer.totals.costUsd).toBeCloseTo(0.03, 9)
  })

  test('shows a provider’s prices, speed, tools, cache and share', async () => {
    const row = await providerOf('acme/atlas', 'helios')
    expect(row).toMatchObject({
      name: 'Helios',
      promptUsdPerMTok: 0.5,
      cachedUsdPerMTok: 0.1,
      completionUsdPerMTok: 2,
      contextLength: 131_072,
      quantization: 'fp8',
      enabled: true,
      attempts: 40,
      ok: 40,
      errorsByClass: {},
      uptime: 1,
      status: 'healthy',
      toolCallAttempts: 30,
      badToolCallAttempts: 6,
      toolCallErrorRate: 0.2,
      toolUseRate: 1,
      toolsOfferedAttempts: 30,
      cacheHitRate: 0.4,
      requests: 40,
      totalTokens: 4400,
      tokenShare: 4400 / 4730,
    })
    // 30 × $0.001 over 30 × 110 tokens; Wilson 95 % of 6 in 30.
    expect(row.effectiveUsdPerMTok).toBeCloseTo(0.03 / 0.0033, 9)
    expect(row.toolCallErrorRateLow).toBeCloseTo(0.095, 3)
    expect(row.toolCallErrorRateHigh).toBeCloseTo(0.373, 3)
    const near = (value: number | null, exact: number) => Math.abs((value ?? 0) / exact - 1) <= 0.02
    expect(near(row.latencyMsP50, 200) && near(row.latencyMsP99, 200)).toBe(true)
    // 10 tokens in the half second after the first.
    expect(near(row.tokensPerSecondP50, 20)).toBe(true)
  })

  test('says nothing of a provider with too few attempts, and keeps its failures by class', async () => {
    expect(await providerOf('acme/atlas', 'polaris')).toMatchObject({
      promptUsdPerMTok: 0.75,
      contextLength: 65_536,
      attempts: 13,
      ok: 3,
      errorsByClass: { upstream_5xx: 10 },
      uptime: null,
      status: 'unknown',
      toolCallErrorRate: null,
      toolCallErrorRateLow: null,
      toolUseRate: null,
      cacheHitRate: null,
      effectiveUsdPerMTok: null,
      requests: 3,
    })
  })

  test('keeps a configured provider without traffic, and none that is neither', async () => {
    const answer = await readModel('acme/silent', WINDOW, nowMs)
    expect(answer.providers).toMatchObject([
      { provider: 'helios', attempts: 0, tokenShare: null, latencyMsP50: null, rateLimitedShare: null },
    ])
    expect(answer).toMatchObject({
      totals: { totalTokens: 0, share: 0, rank: null, costUsd: null },
      availability: { withRouting: null, withoutRouting: null },
      apps: [],
    })
    expect((await readModel('acme/lyra', EMPTY, nowMs)).providers).toEqual([])
  })

  test('names a model nobody has seen', async () => {
    for (const read of [
      readModel('acme/nobody', WINDOW, nowMs),
      readModelSeries('acme/nobody', { ...WINDOW, granularity: 'day' }, nowMs),
    ]) {
      await expect(read).rejects.toMatchObject({
        code: 'not_found',
        message: expect.stringContaining('acme/nobody'),
      })
    }
  })

  test('agrees with Rankings about every model', async () => {
    const rankings = await readRankings(rankingsQuery.parse({ by: 'model', ...WINDOW }), nowMs)
    for (const row of rankings.rows) {
      const { totals } = await readModel(row.key, WINDOW, nowMs)
      expect([totals.totalTokens, totals.requests, totals.rank, totals.share]).toEqual([
        row.totalTokens,
        row.requests,
        row.rank,
        row.share,
      ])
    }
  })
})

describe('a model over time', () => {
  test('has a point where a provider was tried, and none elsewhere', async () => {
    const answer = await readModelSeries('acme/atlas', { ...WINDOW, granularity: 'day' }, nowMs)
    expect(answer).toMatchObject({ granularity: 'day', model: 'acme/atlas' })
    expect(answer.providers).toEqual([
      {
        provider: 'helios',
        name: 'Helios',
        points: [
          expect.objectContaining({
            start: '2024-05-06T00:00:00.000Z',
            attempts: 30,
            totalTokens: 3300,
            uptime: 1,
            toolCallErrorRate: 0.2,
          }),
          expect.objectContaining({
            start: '2024-05-07T00:00:00.000Z',
            attempts: 10,
            totalTokens: 1100,
            uptime: null,
            toolCallErrorRate: null,
          }),
        ],
      },
      {
        provider: 'polaris',
        name: 'polaris',
        points: [
          expect.objectContaining({ start: '2024-05-06T00:00:00.000Z', attempts: 3, totalTokens: 330 }),
          expect.objectContaining({
            start: '2024-05-07T00:00:00.000Z',
            attempts: 10,
            totalTokens: 0,
            latencyMsP50: null,
            tokensPerSecondP50: null,
          }),
        ],
      },
    ])
    expect(answer.availability).toEqual([
      {
        start: '2024-05-06T00:00:00.000Z',
        withRouting: 1,
        withoutRouting: 1,
        okRequests: 33,
        countedRequests: 33,
        okAttempts: 33,
        countedAttempts: 33,
      },
      {
        start: '2024-05-07T00:00:00.000Z',
        withRouting: null,
        withoutRouting: 0.5,
        okRequests: 10,
        countedRequests: 10,
        okAttempts: 10,
        countedAttempts: 20,
      },
    ])
  })

  test('refuses hours where only days are kept', async () => {
    const wanted = { from: '2020-01-01T00:00:00Z', to: '2020-01-02T00:00:00Z', format: 'json' as const }
    await expect(
      readModelSeries('acme/atlas', { ...wanted, granularity: 'minute' }, nowMs),
    ).rejects.toMatchObject({
      code: 'bad_request',
      details: [{ path: 'granularity' }],
    })
  })
})

test('every table has a field for each column', async () => {
  const tables = [
    modelsTable(await models()),
    launchesTable(await readLaunches()),
    modelProvidersTable(await readModel('acme/atlas', WINDOW, nowMs)),
    modelSeriesTable(await readModelSeries('acme/atlas', { ...WINDOW, granularity: 'day' }, nowMs)),
  ]
  for (const { header, rows } of tables) {
    expect(rows.length).toBeGreaterThan(1)
    for (const row of rows) expect(row).toHaveLength(header.length)
  }
  expect(toCsv(modelsTable(await models()))).toContain('acme/atlas,atlas,acme,2024-05-06,first_seen,4730,43,')
})

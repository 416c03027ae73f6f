import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { db } from '../../platform/db.server'
import { readEnvironment } from '../../platform/env.server'
import { createRecorder, type Recorder } from '../../recorder/recorder.server'
import type { RequestRecord } from '../../records/request-record'
import { foldAll } from '../../testing/fold-all.server'
import { makeBareRecord } from '../../testing/make-record'
import { readRankings } from '../rankings/read-rankings.server'
import { rankingsQuery } from '../rankings/schema'
import { readUsage } from '../usage/read-usage.server'
import { usageQuery } from '../usage/schema'
import { readUseCases } from './read-use-cases.server'
import { useCasesQuery } from './schema'

const databaseUrl = readEnvironment().DATABASE_URL ?? ''
const HOUR_MS = 3_600_000
const nowMs = Math.floor(Date.now() / HOUR_MS) * HOUR_MS + 600_000
const window = { from: new Date(nowMs - 5 * HOUR_MS).toISOString(), to: new Date(nowMs).toISOString() }
let recorder: Recorder
let client: pg.Client

beforeAll(async () => {
  recorder = createRecorder({ databaseUrl })
  client = new pg.Client({ connectionString: databaseUrl, options: '-c timezone=UTC' })
  await client.connect()
  await send([
    {
      model: 'acme/atlas',
      useCase: 'code review',
      promptTokens: 600,
      completionTokens: 100,
      costMicroUsd: 1_000_000,
    },
    { model: 'acme/nova', useCase: 'code review', promptTokens: 200, callerKind: 'human', hoursAgo: 2 },
    { model: 'acme/atlas', useCase: 'code review', promptTokens: 100, hoursAgo: 2 },
    { model: 'acme/atlas', useCase: 'support', promptTokens: 500, callerKind: 'human' },
    { model: 'acme/quark', promptTokens: 1000, callerKind: 'unknown' },
    { model: 'acme/atlas', useCase: 'code review', promptTokens: 500, hoursAgo: 7 },
  ])
})

afterAll(async () => {
  await recorder.close()
  await client.end()
})

type Sent = Partial<Omit<RequestRecord, 'attempts'>> & { hoursAgo?: number }

async function send(requests: readonly Sent[]): Promise<void> {
  const records = requests.map(({ hoursAgo = 1, ...fields }) =>
    makeBareRecord({
      startedAtMs: nowMs - hoursAgo * HOUR_MS,
      callerKind: 'agentic',
      callerReason: 'declared',
      completionTokens: 0,
      ...fields,
    }),
  )
  expect(await recorder.record(records, { apiKeyId: 1 })).toMatchObject({ accepted: requests.length })
}

/** The same before the partial sums are folded and after. */
async function bothWays(check: () => Promise<void>): Promise<void> {
  await check()
  await foldAll(client)
  await check()
}

test('use cases are ranked with those that have none', () =>
  bothWays(async () => {
    const { rows, totals } = await readUseCases(useCasesQuery.parse(window), nowMs)
    expect(rows).toMatchObject([
      {
        key: 'code review',
        totalTokens: 1000,
        share: 0.4,
        agenticShare: 0.8,
        previousTotalTokens: 500,
        change: 1,
        costUsd: 1,
        requests: 3,
      },
      { key: 'unknown', label: 'No use case', totalTokens: 1000, share: 0.4, agenticShare: 0, costUsd: null },
      { key: 'support', totalTokens: 500, share: 0.2, agenticShare: 0 },
    ])
    expect(totals).toMatchObject({ totalTokens: 2500, requests: 5, namedTokenShare: 0.6 })
  }))

test('Rankings by use case say the same', async () => {
  const { rows } = await readRankings(rankingsQuery.parse({ ...window, by: 'useCase' }), nowMs)
  expect(rows.map(({ key, totalTokens }) => [key, totalTokens])).toEqual([
    ['code review', 1000],
    ['unknown', 1000],
    ['support', 500],
  ])
})

test('models are ranked within a use case, over whole hours', () =>
  bothWays(async () => {
    const query = rankingsQuery.parse({ ...window, by: 'model', useCase: 'code review' })
    const answer = await readRankings(query, nowMs)
    expect(answer.rows).toMatchObject([
      { rank: 1, key: 'acme/atlas', totalTokens: 800, requests: 2, share: 0.8 },
      { rank: 2, key: 'acme/nova', totalTokens: 200, requests: 1 },
    ])
    expect([answer.from, answer.to].map((time) => time.slice(13))).toEqual([':00:00.000Z', ':00:00.000Z'])
    const without = await readRankings(rankingsQuery.parse({ ...window, useCase: 'unknown' }), nowMs)
    expect(without.rows).toMatchObject([{ key: 'acme/quark', totalTokens: 1000, share: 1 }])
    const nobodys = await readRankings(rankingsQuery.parse({ ...window, useCase: 'nobody’s' }), nowMs)
    expect(nobodys.rows).toEqual([])
  }))

test('a model under another name counts as one model of its use case', async () => {
  const [atlas, nova] = await Promise.all(
    ['acme/atlas', 'acme/nova'].map((slug) => db().model.findUniqueOrThrow({ where: { slug } })),
  )
  await db().model.update({ where: { slug: 'acme/nova' }, data: { aliasOfId: atlas?.id ?? null } })
  try {
    const query = rankingsQuery.parse({ ...window, useCase: 'code review' })
    expect((await readRankings(query, nowMs)).rows).toMatchObject([{ key: 'acme/atlas', totalTokens: 1000 }])
  } finally {
    await db().model.update({ where: { id: nova?.id ?? 0 }, data: { aliasOfId: null } })
  }
})

test('usage over time within a use case is by model, the rest as other', () =>
  bothWays(async () => {
    const query = usageQuery.parse({ ...window, useCase: 'code review', granularity: 'hour', limit: 1 })
    const { series } = await readUsage(query, { nowMs, showCost: false })
    expect(series.map(({ key, points }) => [key, points.map(({ totalTokens }) => totalTokens)])).toEqual([
      ['acme/atlas', [100, 700]],
      ['other', [200]],
    ])
  }))

test('usage over time has no more points than anybody reads', async () => {
  const query = usageQuery.parse({
    from: new Date(nowMs - 390 * 86_400_000).toISOString(),
    to: new Date(nowMs).toISOString(),
    granularity: 'hour',
    limit: '100',
  })
  await expect(readUsage(query, { nowMs, showCost: false })).rejects.toMatchObject({
    code: 'bad_request',
    details: [{ path: 'granularity' }, { path: 'limit' }],
    message: expect.stringContaining('limit=25.'),
  })
  const { series } = await readUsage({ ...query, limit: 25 }, { nowMs, showCost: false })
  expect(series.map(({ key }) => key)).toContain('acme/atlas')
})

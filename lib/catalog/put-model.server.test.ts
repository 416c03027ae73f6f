import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readRankings } from '../analytics/rankings/read-rankings.server'
import { rankingsQuery } from '../analytics/rankings/schema'
import { readUsage } from '../analytics/usage/read-usage.server'
import { usageQuery } from '../analytics/usage/schema'
import { db } from '../platform/db.server'
import { readEnvironment } from '../platform/env.server'
import { AppError } from '../platform/errors'
import { createRecorder, type Recorder } from '../recorder/recorder.server'
import { foldAll } from '../testing/fold-all.server'
import { makeBareRecord } from '../testing/make-record'
import { catalogChangeCount } from './catalog-changes.server'
import { putModel } from './put-model.server'
import { type PutModelBody, putModelBody } from './schema'

const WINDOW = { from: '2024-05-06T00:00:00Z', to: '2024-05-08T00:00:00Z' }
const nowMs = Date.now()

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

async function log(model: string, tokens: { promptTokens: number; completionTokens: number }, day = 6) {
  const startedAtMs = Date.parse(`2024-05-0${day}T10:00:00Z`)
  await recorder.record([makeBareRecord({ startedAtMs, model, ...tokens })], { apiKeyId: 1 })
}

const put = async (slug: string, body: PutModelBody) =>
  (await putModel({ slug, body: putModelBody.parse(body), actor: 'test' })).data

async function ranked(by: 'model' | 'author', author: string) {
  const { rows } = await readRankings(rankingsQuery.parse({ by, ...WINDOW }), nowMs)
  return rows
    .filter((row) => row.key.startsWith(author))
    .map(({ key, requests, promptTokens, completionTokens }) => [
      key,
      requests,
      promptTokens,
      completionTokens,
    ])
}

async function series(by: 'model' | 'author', author: string) {
  const query = usageQuery.parse({ by, granularity: 'day', limit: 100, ...WINDOW })
  const answer = await readUsage(query, { nowMs, showCost: true })
  return answer.series
    .filter(({ key }) => key.startsWith(author))
    .map(({ key, points }) => [key, ...points.map((point) => point.totalTokens)])
}

describe('a model served under two names', () => {
  test('is one row with both sums from the day of its first request on, and two again when that is cleared', async () => {
    await log('twin-a/atlas', { promptTokens: 100, completionTokens: 10 })
    await log('twin-a/atlas', { promptTokens: 200, completionTokens: 20 }, 7)
    await foldAll(client)
    await log('twin-b/atlas-fp8', { promptTokens: 1000, completionTokens: 1 })
    const apart = [
      ['twin-b/atlas-fp8', 1, 1000, 1],
      ['twin-a/atlas', 2, 300, 30],
    ]
    expect(await ranked('model', 'twin-')).toEqual(apart)

    const alias = await put('twin-b/atlas-fp8', { alias_of: 'twin-a/atlas' })
    expect(alias).toMatchObject({ model: 'twin-b/atlas-fp8', alias_of: 'twin-a/atlas', aliases: [] })
    expect(await ranked('model', 'twin-')).toEqual([['twin-a/atlas', 3, 1300, 31]])
    expect(await ranked('author', 'twin-')).toEqual([['twin-a', 3, 1300, 31]])
    expect(await series('model', 'twin-')).toEqual([['twin-a/atlas', 1111, 220]])
    expect(await series('author', 'twin-')).toEqual([['twin-a', 1111, 220]])

    // What comes later under the other name counts the same.
    await log('twin-b/atlas-fp8', { promptTokens: 7, completionTokens: 0 }, 7)
    expect(await ranked('model', 'twin-')).toEqual([['twin-a/atlas', 4, 1307, 31]])
    await foldAll(client)
    expect(await ranked('model', 'twin-')).toEqual([['twin-a/atlas', 4, 1307, 31]])

    await put('twin-b/atlas-fp8', { alias_of: null })
    expect(await ranked('model', 'twin-')).toEqual([
      ['twin-b/atlas-fp8', 2, 1007, 1],
      ['twin-a/atlas', 2, 300, 30],
    ])
    expect(await series('author', 'twin-')).toEqual([
      ['twin-b', 1001, 7],
      ['twin-a', 110, 220],
    ])
  })
})

describe('what an operator says of a model', () => {
  test('keeps what the body leaves out, clears what is null, and is noted', async () => {
    await log('said/lyra', { promptTokens: 1, completionTokens: 1 })
    await log('said/lyra-2', { promptTokens: 1, completionTokens: 1 })
    const before = catalogChangeCount()
    const whole = { name: 'Lyra', released_on: '2024-02-29', alias_of: 'said/lyra' }
    expect(await put('said/lyra-2', whole)).toEqual({ model: 'said/lyra-2', ...whole, aliases: [] })
    expect(catalogChangeCount()).toBe(before + 1)
    expect(await put('said/lyra-2', {})).toMatchObject(whole)
    expect(await put('said/lyra', { name: ' Lyra One ' })).toMatchObject({
      name: 'Lyra One',
      aliases: ['said/lyra-2'],
    })
    const nulls = { name: null, released_on: null, alias_of: null }
    expect(await put('said/lyra-2', nulls)).toMatchObject(nulls)
    expect(await db().auditLog.findMany({ where: { target: 'model:said/lyra-2' } })).toMatchObject([
      {
        actor: 'test',
        action: 'model.update',
        detail: { name: 'Lyra', releasedOn: '2024-02-29', aliasOf: 'said/lyra' },
      },
      { detail: { name: 'Lyra' } },
      { detail: { name: '', releasedOn: '', aliasOf: '' } },
    ])
  })

  test('names a model that nobody has seen', async () => {
    await expect(put('said/nobody', { name: 'X' })).rejects.toMatchObject({
      code: 'not_found',
      message: expect.stringContaining('said/nobody'),
    })
  })

  test.each([
    ['nowhere', 'chain/a', 'chain/nowhere', 'no log and no endpoint names a model chain/nowhere'],
    ['to itself', 'chain/a', 'chain/a', 'no other name of itself'],
    ['to another name', 'chain/c', 'chain/b', 'chain/b is itself another name of chain/a; give that one'],
    ['from a model with names of its own', 'chain/a', 'chain/c', 'chain/a has other names itself (chain/b)'],
  ])('refuses another name that leads %s', async (_case, slug, wanted, reason) => {
    for (const model of ['chain/a', 'chain/b', 'chain/c']) {
      await log(model, { promptTokens: 1, completionTokens: 0 })
    }
    await put('chain/b', { alias_of: 'chain/a' })
    const refused = put(slug, { alias_of: wanted })
    await expect(refused).rejects.toThrow(reason)
    await expect(refused).rejects.toBeInstanceOf(AppError)
    await expect(refused).rejects.toMatchObject({
      code: 'validation_failed',
      details: [{ path: 'alias_of', message: expect.stringContaining(reason) }],
    })
  })

  test('two people who point two models at each other at once leave one of the two', async () => {
    await log('pair/a', { promptTokens: 1, completionTokens: 0 })
    await log('pair/b', { promptTokens: 1, completionTokens: 0 })
    const outcomes = await Promise.allSettled([
      put('pair/a', { alias_of: 'pair/b' }),
      put('pair/b', { alias_of: 'pair/a' }),
    ])
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await db().model.count({ where: { slug: { startsWith: 'pair/' }, aliasOfId: null } })).toBe(1)
  })

  test.each([
    [{ name: '' }, 'name'],
    [{ name: 'x'.repeat(81) }, 'name'],
    [{ released_on: '2024-02-30' }, 'released_on'],
    [{ released_on: '20 May' }, 'released_on'],
    [{ alias_of: '' }, 'alias_of'],
    [{ aliasOf: 'a/b' }, ''],
  ])('%j is no body', (body, path) => {
    const { error } = putModelBody.safeParse(body)
    expect(error?.issues.map((issue) => issue.path.join('.'))).toEqual([path])
  })
})

import { beforeAll, expect, test } from 'vitest'
import { db } from '../platform/db.server'
import { LEARNED_FOR_MS } from '../shapes/rules/learned-edits'
import type { LearnedEdit } from '../shapes/rules/schema'
import { disconnectProvider } from './disconnect-provider.server'
import { forgetLessons, keepLessons } from './endpoint-lessons.server'
import { listEndpoints } from './list-endpoints.server'
import { putEndpoint } from './put-endpoint.server'
import { putProvider } from './put-provider.server'

const nowMs = Date.now()
const model = 'acme/atlas'
const provider = 'helios'
const CONNECTION = { name: 'Helios', baseUrl: 'http://127.0.0.1:9801/v1', apiShape: 'openai-chat' as const }

const lesson = (parameter: string, learnedAtMs: number, said = 'no'): LearnedEdit => ({
  edit: { kind: 'drop', parameter, at: [parameter] },
  said,
  learnedAtMs,
})
const connect = (changes: { baseUrl?: string } = {}) =>
  putProvider({ slug: provider, body: { ...CONNECTION, ...changes }, actor: 'test' })
const serve = (upstreamModel: string) =>
  putEndpoint({ body: { model, provider, upstreamModel }, actor: 'test', nowMs })
const lessons = async () => (await listEndpoints({ provider }, nowMs)).data[0]?.lessons

async function teach(...taught: LearnedEdit[]) {
  const { id } = await db().endpoint.findFirstOrThrow({ where: { provider: { slug: provider } } })
  await keepLessons(id, taught)
}

beforeAll(async () => {
  await connect()
  await serve('atlas')
})

test('lessons are shown with their endpoint for some hours, the newest of each', async () => {
  await teach(
    lesson('seed', nowMs - 2000, 'old'),
    lesson('seed', nowMs - 1000, 'new'),
    lesson('store', nowMs - LEARNED_FOR_MS),
    lesson('user', nowMs - 3000),
  )
  expect(await lessons()).toEqual([
    { text: 'user left out', said: 'no', learnedAt: new Date(nowMs - 3000).toISOString() },
    { text: 'seed left out', said: 'new', learnedAt: new Date(nowMs - 1000).toISOString() },
  ])
})

test('they can be forgotten', async () => {
  await teach(lesson('seed', nowMs))
  const { data } = await forgetLessons({ query: { model, provider }, actor: 'test', nowMs })
  expect(data.lessons).toEqual([])
  expect(await lessons()).toEqual([])
  await expect(
    forgetLessons({ query: { model: 'acme/none', provider }, actor: 'test', nowMs }),
  ).rejects.toThrow('There is no endpoint of acme/none at helios.')
})

test('they hold for what was asked alone: not for another model, another address, or after a disconnection', async () => {
  const changes = [
    () => serve('another'),
    () => connect({ baseUrl: 'http://127.0.0.1:9802/v1' }),
    async () => {
      await disconnectProvider({ slug: provider, actor: 'test' })
      await connect()
      await serve('atlas')
    },
  ]
  for (const change of changes) {
    await teach(lesson('seed', nowMs))
    await connect({
      baseUrl: (await db().provider.findUniqueOrThrow({ where: { slug: provider } })).baseUrl ?? '',
    })
    expect(await lessons()).toHaveLength(1)
    await change()
    expect(await lessons()).toEqual([])
  }
})

test('a lesson that this version cannot read is none', async () => {
  const { id } = await db().endpoint.findFirstOrThrow({ where: { provider: { slug: provider } } })
  const row = { endpointId: id, key: 'x', said: 'no', learnedAt: new Date(nowMs) }
  await db().endpointLesson.create({ data: { ...row, edit: { kind: 'of another time' } } })
  expect(await lessons()).toEqual([])
})

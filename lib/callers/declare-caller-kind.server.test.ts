import { beforeAll, expect, test } from 'vitest'
import { createApiKey } from '../access/manage-keys.server'
import { db } from '../platform/db.server'
import { CALLER_PATHS } from './routes.server'
import type { CallerKindAnswer } from './schema'

let managing: Awaited<ReturnType<typeof createApiKey>>
let reading: Awaited<ReturnType<typeof createApiKey>>

beforeAll(async () => {
  managing = await createApiKey({ name: 'managing', scopes: ['manage'], actor: 'test' })
  reading = await createApiKey({ name: 'reading', scopes: ['read'], actor: 'test' })
  await db().app.create({ data: { slug: 'night/job' } })
})

async function put(body: unknown, key = managing.key): Promise<{ status: number; answer: unknown }> {
  const request = new Request('http://sightglass.test/api/v1/caller-kinds', {
    method: 'PUT',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const response = await CALLER_PATHS[0]?.handlers.PUT?.(request, { params: Promise.resolve({}) })
  return { status: response?.status ?? 0, answer: await response?.json() }
}

const declaredOf = async (slug: string) =>
  (await db().app.findUniqueOrThrow({ where: { slug } })).declaredCallerKind

test('an app is declared and the declaration taken back, and both are noted', async () => {
  const data = { app: 'night/job', keyId: null, name: 'night/job', callerKind: 'agentic' }
  expect(await put({ app: 'night/job', callerKind: 'agentic' })).toEqual({ status: 200, answer: { data } })
  expect(await declaredOf('night/job')).toBe('agentic')
  expect((await put({ app: 'night/job', callerKind: null })).status).toBe(200)
  expect(await declaredOf('night/job')).toBeNull()
  const notes = await db().auditLog.findMany({ where: { target: 'app:night/job' }, orderBy: { id: 'asc' } })
  expect(notes.map(({ actor, action, detail }) => [actor, action, detail])).toEqual([
    ['key:managing', 'caller-kind.declare', { callerKind: 'agentic' }],
    ['key:managing', 'caller-kind.declare', { callerKind: 'by its requests' }],
  ])
})

test('an API key is declared by its id, since keys may share a name', async () => {
  const { status, answer } = await put({ keyId: reading.id, callerKind: 'human' })
  expect(status).toBe(200)
  expect((answer as CallerKindAnswer).data).toEqual({
    app: null,
    keyId: reading.id,
    name: 'reading',
    callerKind: 'human',
  })
  const row = await db().apiKey.findUniqueOrThrow({ where: { id: reading.id } })
  expect(row.declaredCallerKind).toBe('human')
})

test.each([
  ['nothing named', { callerKind: 'agentic' }, 'app', /app or keyId/],
  ['both named', { app: 'night/job', keyId: 1, callerKind: 'agentic' }, 'app', /app or keyId/],
  ['a kind nobody is', { app: 'night/job', callerKind: 'robot' }, 'callerKind', /agentic, human or null/],
  ['no kind', { app: 'night/job' }, 'callerKind', /agentic, human or null/],
  ['a key that is no id', { keyId: 'ci', callerKind: 'human' }, 'keyId', /id of an API key/],
])('%s is refused, and the field named', async (_, body, path, message) => {
  const { status, answer } = await put(body)
  expect(status).toBe(422)
  expect(answer).toMatchObject({
    error: { details: [{ path, message: expect.stringMatching(message) }] },
  })
})

test.each([
  ['an app that sent nothing', { app: 'nobody', callerKind: 'agentic' }],
  ['the app of requests that name none', { app: 'unknown', callerKind: 'agentic' }],
  ['a key that never was', { keyId: 2_000_000_000, callerKind: 'agentic' }],
])('%s is not found', async (_, body) => {
  expect((await put(body)).status).toBe(404)
})

test('a key that may only read may not declare', async () => {
  expect((await put({ app: 'night/job', callerKind: 'human' }, reading.key)).status).toBe(403)
})

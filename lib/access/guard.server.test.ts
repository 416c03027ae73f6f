import { encode } from 'next-auth/jwt'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { db } from '@/lib/platform/db.server'
import { AppError } from '@/lib/platform/errors'
import { authenticateKey } from './authenticate-key.server'
import { requirePerson, requireReader, resolveReader } from './guard.server'
import { createApiKey, listApiKeys, revokeApiKey } from './manage-keys.server'
import { hashPassword } from './password.server'
import { forgetUser, markPassword } from './recall-user.server'
import { route, routes } from './route.server'
import type { ApiKeyScope, UserRole } from './schema'
import { sessionSecret } from './session.server'
import { writeSetting } from './settings.server'
import { signIn } from './sign-in.server'

let counter = 0

function requestWith(headers: Record<string, string>, init: RequestInit = {}): Request {
  return new Request('http://sightglass.test/api/things', { ...init, headers })
}

async function createKey(...scopes: ApiKeyScope[]) {
  counter += 1
  return createApiKey({ name: `key ${counter}`, scopes, actor: 'test' })
}

const ADMIN = { roles: ['admin'], scope: 'manage' } as const
const bearer = (key: string) => ({ authorization: `Bearer ${key}` })

async function createUser(role: UserRole, password = 'correct-password') {
  counter += 1
  const passwordHash = await hashPassword(password)
  return db().user.create({ data: { email: `user${counter}@example.com`, passwordHash, role } })
}

async function sessionOf(user: { id: number; passwordHash: string }) {
  const token = { sub: String(user.id), passwordMark: markPassword(user.passwordHash) }
  const value = await encode({ token, secret: await sessionSecret() })
  return { cookie: `theme=dark; next-auth.session-token=${value}` }
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(() => null).catch((thrown: unknown) => thrown)
  return error instanceof AppError ? error.code : `no AppError but ${error}`
}

test('a key is recognised by its secret alone, and by either header', async () => {
  const { key, id, name } = await createKey('read')
  expect(await authenticateKey(`Bearer ${key}`)).toEqual({
    id,
    name,
    scopes: ['read'],
    requestsPerMinute: null,
  })
  expect(await resolveReader(requestWith({ 'x-api-key': key }))).toMatchObject({ kind: 'key', id })
  expect(await authenticateKey(`Bearer ${key}x`)).toBeNull()
  expect(await authenticateKey(null)).toBeNull()
})

test('a key carries the limit it was made with', async () => {
  const limited = { name: 'limited', scopes: ['gateway' as const], requestsPerMinute: 60 }
  const { key, id } = await createApiKey({ ...limited, actor: 'test' })
  expect(await authenticateKey(`Bearer ${key}`)).toEqual({ id, ...limited })
  expect((await listApiKeys()).keys.find((one) => one.id === id)).toMatchObject(limited)
})

test('a revoked key stops working at once, and revoking it again changes nothing', async () => {
  const { key, id } = await createKey('read')
  expect(await authenticateKey(`Bearer ${key}`)).not.toBeNull()
  const revoked = await revokeApiKey({ id, actor: 'test' })
  expect(await authenticateKey(`Bearer ${key}`)).toBeNull()
  // When it was last used is noted in the background, perhaps between the two.
  const again = await revokeApiKey({ id, actor: 'test' })
  expect({ ...again, lastUsedAt: null }).toEqual({ ...revoked, lastUsedAt: null })
  expect(await db().auditLog.count({ where: { target: `api-key:${id}` } })).toBe(2)
})

test('revoking a key that never was is not_found', async () => {
  expect(await codeOf(revokeApiKey({ id: 2_000_000_000, actor: 'test' }))).toBe('not_found')
})

test('the list shows neither keys nor their hashes', async () => {
  const { key } = await createKey('ingest')
  const listed = JSON.stringify(await listApiKeys())
  expect(listed).toContain(key.slice(0, 8))
  expect(listed).not.toContain(key)
  expect(listed).not.toContain('keyHash')
})

test('the last use of a key is noted', async () => {
  const { key, id } = await createKey('ingest')
  await authenticateKey(`Bearer ${key}`)
  await expect
    .poll(async () => (await db().apiKey.findUniqueOrThrow({ where: { id } })).lastUsedAt)
    .not.toBeNull()
})

test('a key reads with the scope read or manage and administers with manage only', async () => {
  const [ingest, read, manage] = await Promise.all([
    createKey('ingest', 'gateway'),
    createKey('read'),
    createKey('manage'),
  ])
  const reading = { allowPublic: false }
  expect(await codeOf(requireReader(requestWith(bearer(ingest.key)), reading))).toBe('forbidden')
  expect((await requireReader(requestWith(bearer(read.key)), reading)).kind).toBe('key')
  expect((await requireReader(requestWith(bearer(manage.key)), reading)).kind).toBe('key')
  expect(await codeOf(requirePerson(requestWith(bearer(read.key)), ADMIN))).toBe('forbidden')
  expect((await requirePerson(requestWith(bearer(manage.key)), ADMIN)).kind).toBe('key')
})

test('a wrong key is unauthorized even where everybody may read', async () => {
  for (const headers of [bearer('sg_wrong'), { authorization: 'Basic eDp5' }, { 'x-api-key': 'sg_wrong' }]) {
    expect(await codeOf(requireReader(requestWith(headers), { allowPublic: true }))).toBe('unauthorized')
  }
})

test('strangers read public pages exactly while Rankings are public', async () => {
  const stranger = requestWith({})
  await writeSetting('publicRankings', true)
  expect(await requireReader(stranger, { allowPublic: true })).toEqual({ kind: 'anonymous' })
  expect(await codeOf(requireReader(stranger, { allowPublic: false }))).toBe('unauthorized')
  await writeSetting('publicRankings', false)
  expect(await codeOf(requireReader(stranger, { allowPublic: true }))).toBe('unauthorized')
})

test('a session says who is signed in, with the role of today', async () => {
  const user = await createUser('viewer')
  const headers = await sessionOf(user)
  expect(await resolveReader(requestWith(headers))).toEqual({
    kind: 'viewer',
    email: user.email,
    role: 'viewer',
  })
  expect(await codeOf(requirePerson(requestWith(headers), ADMIN))).toBe('forbidden')
  await db().user.update({ where: { id: user.id }, data: { role: 'admin' } })
  forgetUser(user.id)
  expect(await requirePerson(requestWith(headers), ADMIN)).toMatchObject({ role: 'admin' })
})

test('a session ends with its user, with a new password, and when it is forged', async () => {
  const user = await createUser('admin')
  const headers = await sessionOf(user)
  const changed = await db().user.update({ where: { id: user.id }, data: { passwordHash: 'another' } })
  forgetUser(user.id)
  expect(await resolveReader(requestWith(headers))).toEqual({ kind: 'anonymous' })
  const renewed = await sessionOf(changed)
  expect((await resolveReader(requestWith(renewed))).kind).toBe('viewer')
  await db().user.delete({ where: { id: user.id } })
  forgetUser(user.id)
  expect((await resolveReader(requestWith(renewed))).kind).toBe('anonymous')
  const forged = await encode({ token: { sub: '1', passwordMark: 'x' }, secret: 'another secret' })
  const cookie = `next-auth.session-token=${forged}`
  expect((await resolveReader(requestWith({ cookie }))).kind).toBe('anonymous')
})

test('signing in takes the right password only, whatever the case of the address', async () => {
  const user = await createUser('member')
  const attempt = (email: string, password: string) => signIn({ input: { email, password }, place: 'here' })
  expect(await attempt(` ${user.email.toUpperCase()} `, 'correct-password')).toEqual({
    ok: true,
    id: user.id,
    email: user.email,
  })
  for (const [email, password] of [
    [user.email, 'wrong'],
    ['nobody@example.com', 'correct-password'],
    ['nul\0@example.com', 'x'],
    [user.email, ''],
  ] as const) {
    expect(await attempt(email, password)).toEqual({ ok: false, error: 'CredentialsSignin' })
  }
})

test('the eleventh try from one place is refused even with the right password', async () => {
  const { email } = await createUser('member')
  const attempt = (password: string, place: string) => signIn({ input: { email, password }, place })
  await Promise.all(Array.from({ length: 10 }, () => attempt('wrong', 'here')))
  expect(await attempt('correct-password', 'here')).toEqual({ ok: false, error: 'RateLimited' })
  expect(await attempt('correct-password', 'elsewhere')).toMatchObject({ ok: true })
})

const things = routes({
  GET: route({
    access: 'reader',
    query: z.object({ size: z.coerce.number() }),
    answer: z.object({ size: z.number() }),
    handle: async ({ query }) => ({ size: query.size }),
  }),
  POST: route({
    access: 'admin',
    body: z.strictObject({ name: z.string() }),
    params: z.object({ id: z.coerce.number() }),
    answer: z.object({ name: z.string(), id: z.number() }),
    handle: async ({ body, params }) => ({ name: body.name, id: params.id }),
  }),
})
const context = { params: Promise.resolve({ id: '7' }) }

async function post(headers: Record<string, string>, body: string, params: unknown = { id: '7' }) {
  const response = await things.POST(requestWith(headers, { method: 'POST', body }), {
    params: Promise.resolve(params),
  })
  return { status: response.status, body: await response.json() }
}

test('a route parses, answers uncached, and names the wrong parameter', async () => {
  const headers = bearer((await createKey('read')).key)
  const get = (query: string) =>
    things.GET(new Request(`http://sightglass.test/api/things?${query}`, { headers }), context)
  const good = await get('size=3')
  expect([good.status, await good.json(), good.headers.get('cache-control')]).toEqual([
    200,
    { size: 3 },
    'no-store',
  ])
  const bad = await get('size=big')
  expect([bad.status, await bad.json()]).toMatchObject([
    400,
    { error: { code: 'bad_request', details: [{ path: 'size' }] } },
  ])
})

test('a key changes things with JSON alone', async () => {
  const headers = bearer((await createKey('manage')).key)
  const json = { ...headers, 'content-type': 'application/json' }
  expect(await post(json, '{"name":"a"}')).toEqual({ status: 200, body: { name: 'a', id: 7 } })
  expect(await post(headers, '{"name":"a"}')).toMatchObject({ status: 415 })
  expect(await post(json, '{"name":')).toMatchObject({ status: 400 })
  expect(await post(json, '{"name":1}')).toMatchObject({ status: 422 })
  expect(await post(json, '{"name":"a"}', { id: 'x' })).toMatchObject({ status: 404 })
})

test('a session changes things only from our own pages', async () => {
  const session = { ...(await sessionOf(await createUser('admin'))), 'content-type': 'application/json' }
  const own = { ...session, 'sec-fetch-site': 'same-origin' }
  expect(await post(own, '{"name":"a"}')).toMatchObject({ status: 200 })
  expect(await post({ ...session, 'sec-fetch-site': 'cross-site' }, '{"name":"a"}')).toMatchObject({
    status: 403,
  })
  expect(await post(session, '{"name":"a"}')).toMatchObject({
    status: 403,
    body: { error: { code: 'forbidden' } },
  })
})

test('a method that is not there answers 405 and says which are', async () => {
  const response = await things.DELETE(requestWith({}, { method: 'DELETE' }), context)
  expect(response.status).toBe(405)
  expect(response.headers.get('allow')).toBe('GET, POST')
  expect(await response.json()).toMatchObject({ error: { code: 'method_not_allowed' } })
})

test('an answer that breaks its contract is our fault, and an unexpected error keeps its text to itself', async () => {
  const answer = z.object({ count: z.number() })
  const drifted = route({ access: 'public', answer, handle: async () => ({ count: Number.NaN }) })
  const broken = route({
    access: 'public',
    answer,
    handle: async () => {
      throw new Error('password=hunter2')
    },
  })
  for (const handler of [drifted, broken]) {
    const response = await handler(requestWith({}), context)
    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain('hunter2')
  }
})

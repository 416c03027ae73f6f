import { expect, test } from '@playwright/test'
import { BEARER, SERVER } from '../server-under-test'
import { signInByHttp } from '../session'

const ADMIN = { email: SERVER.adminEmail, password: SERVER.adminPassword }
const SAME_ORIGIN = { origin: SERVER.url }

function createRecord(id: string) {
  return { id, source: 'e2e-access', startedAt: new Date().toISOString(), model: 'acme/access-test' }
}

test('the server says that it is ready', async ({ request }) => {
  const response = await request.get('/api/health')
  expect(response.status()).toBe(200)
  expect(await response.json()).toMatchObject({ status: 'ok' })
})

test('everybody may know what kind of installation this is', async ({ request }) => {
  const response = await request.get('/api/instance')
  expect(await response.json()).toEqual({ simulated: false, publicRankings: true, historyProgress: null })
  expect(response.headers()['cache-control']).toBe('no-store')
})

test('browsers that ask for the icon before a page has named it get it', async ({ request }) => {
  const response = await request.get('/favicon.ico')
  expect(response.status()).toBe(200)
  expect(response.headers()['content-type']).toBe('image/x-icon')
})

test('pages and answers may be framed by nobody, and load and send nothing elsewhere', async ({
  request,
}) => {
  for (const path of ['/sign-in', '/rankings', '/api/instance']) {
    const headers = (await request.get(path)).headers()
    const policy = headers['content-security-policy']?.split('; ') ?? []
    expect(policy, path).toEqual(
      expect.arrayContaining([
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
      ]),
    )
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
    })
  }
})

test('a key is shown once, does what its scopes say, and ends when it is revoked', async ({ request }) => {
  const data = { name: 'collector', scopes: ['ingest'] }
  const created = await (await request.post('/api/keys', { headers: BEARER, data })).json()
  expect(created.key).toMatch(/^sg_[0-9A-Za-z]{40}$/)

  const list = await (await request.get('/api/keys', { headers: BEARER })).text()
  expect(list).toContain(created.prefix)
  expect(list).not.toContain(created.key)

  const own = { authorization: `Bearer ${created.key}` }
  const ingest = () => request.post('/api/v1/ingest', { headers: own, data: createRecord('scoped') })
  expect((await ingest()).status()).toBe(200)
  expect((await request.get('/api/keys', { headers: own })).status()).toBe(403)
  expect((await request.get('/api/rankings?period=7d', { headers: own })).status()).toBe(403)

  const revoked = await request.delete(`/api/keys/${created.id}`, { headers: BEARER })
  expect((await revoked.json()).revokedAt).not.toBeNull()
  expect((await ingest()).status()).toBe(401)
})

test('a key without the scope ingest may not send records', async ({ request }) => {
  const data = { name: 'reader', scopes: ['read'] }
  const { key } = await (await request.post('/api/keys', { headers: BEARER, data })).json()
  const headers = { authorization: `Bearer ${key}` }
  const ingest = await request.post('/api/v1/ingest', { headers, data: createRecord('unscoped') })
  expect(ingest.status()).toBe(403)
  expect((await request.get('/api/rankings?period=7d', { headers })).status()).toBe(200)
  expect((await request.get('/api/overview?period=7d', { headers })).status()).toBe(200)
})

test('signing in opens a session that administers, from our own pages only', async ({ request }) => {
  expect((await request.get('/api/keys')).status()).toBe(401)
  expect((await signInByHttp(request, ADMIN)).status()).toBe(200)
  expect(await (await request.get('/api/auth/session')).json()).toMatchObject({
    user: { email: SERVER.adminEmail, role: 'admin' },
  })
  expect((await request.get('/api/keys')).status()).toBe(200)

  const data = { publicRankings: true }
  expect((await request.patch('/api/settings', { data })).status()).toBe(403)
  const foreign = { origin: 'http://evil.example' }
  expect((await request.patch('/api/settings', { data, headers: foreign })).status()).toBe(403)
  expect((await request.patch('/api/settings', { data, headers: SAME_ORIGIN })).status()).toBe(200)
})

test('a wrong password and an unknown address get the same answer', async ({ request }) => {
  const attempts = [
    { email: SERVER.adminEmail, password: 'wrong' },
    { email: 'nobody@example.com', password: SERVER.adminPassword },
  ]
  for (const attempt of attempts) {
    const response = await signInByHttp(request, attempt)
    expect(response.status()).toBe(401)
    expect((await response.json()).url).toContain('error=CredentialsSignin')
  }
  expect(await (await request.get('/api/auth/session')).json()).toEqual({})
})

test('guessing a password is stopped after ten tries', async ({ request }) => {
  const guess = () => signInByHttp(request, { email: 'guessed@example.com', password: 'guess' })
  for (let attempt = 0; attempt < 10; attempt += 1) await guess()
  const response = await guess()
  expect((await response.json()).url).toContain('error=RateLimited')
})

test('an operator can close Rankings to strangers', async ({ request }) => {
  const setPublic = (publicRankings: boolean) =>
    request.patch('/api/settings', { headers: BEARER, data: { publicRankings } })
  try {
    expect(await (await setPublic(false)).json()).toMatchObject({ publicRankings: false })
    expect((await request.get('/api/rankings?period=7d')).status()).toBe(401)
    expect((await request.get('/api/rankings?period=7d', { headers: BEARER })).status()).toBe(200)
    expect(await (await request.get('/api/instance')).json()).toMatchObject({ publicRankings: false })
  } finally {
    await setPublic(true)
  }
  expect((await request.get('/api/rankings?period=7d')).status()).toBe(200)
})

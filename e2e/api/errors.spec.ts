import { type APIResponse, expect, test } from '@playwright/test'
import { BEARER } from '../server-under-test'

async function expectError(response: APIResponse, { status, code }: { status: number; code: string }) {
  const text = await response.text()
  expect.soft(response.status(), text).toBe(status)
  expect.soft(response.headers()['content-type']).toContain('application/json')
  const body = JSON.parse(text)
  expect(body).toEqual({
    error: {
      code,
      message: expect.any(String),
      ...(body.error.details ? { details: expect.any(Array) } : {}),
    },
  })
  expect(body.error.message.length).toBeGreaterThan(10)
}

const WRONG = { authorization: 'Bearer sg_wrong' }
const STRANGE = 'a key of nobody'

for (const path of [
  '/api/keys',
  '/api/settings',
  '/api/instance',
  '/api/overview?period=7d',
  '/api/rankings?period=7d',
  '/api/usage?period=7d&granularity=day',
]) {
  test(`GET ${path} with a wrong key is 401, open or not`, async ({ request }) => {
    const unauthorized = { status: 401, code: 'unauthorized' }
    await expectError(await request.get(path, { headers: WRONG }), unauthorized)
    await expectError(await request.get(path, { headers: { 'x-api-key': STRANGE } }), unauthorized)
  })
}

for (const path of ['/api/keys', '/api/settings', '/api/overview?period=7d']) {
  test(`GET ${path} without a key is 401`, async ({ request }) => {
    await expectError(await request.get(path), { status: 401, code: 'unauthorized' })
  })
}

test('ingest without a key, and with a wrong one, is 401', async ({ request }) => {
  const unauthorized = { status: 401, code: 'unauthorized' }
  await expectError(await request.post('/api/v1/ingest', { data: [] }), unauthorized)
  await expectError(await request.post('/api/v1/ingest', { data: [], headers: WRONG }), unauthorized)
})

for (const [method, path, allowed] of [
  ['DELETE', '/api/keys', 'GET, POST'],
  ['GET', '/api/keys/1', 'DELETE'],
  ['POST', '/api/instance', 'GET'],
  ['PUT', '/api/settings', 'GET, PATCH'],
  ['POST', '/api/rankings', 'GET'],
  ['POST', '/api/health', 'GET'],
  ['DELETE', '/api/auth/session', 'GET, POST'],
] as const) {
  test(`${method} ${path} is 405 and names ${allowed}`, async ({ request }) => {
    const response = await request.fetch(path, { method, headers: BEARER })
    await expectError(response, { status: 405, code: 'method_not_allowed' })
    expect(response.headers().allow).toBe(allowed)
  })
}

test('GET on ingest is 405', async ({ request }) => {
  const response = await request.get('/api/v1/ingest', { headers: BEARER })
  await expectError(response, { status: 405, code: 'method_not_allowed' })
})

for (const path of ['/api', '/api/nothing', '/api/rankings/nothing', '/api/keys/1/more', '/api/v1/nothing']) {
  test(`GET ${path} is 404 in the envelope`, async ({ request }) => {
    await expectError(await request.get(path, { headers: BEARER }), { status: 404, code: 'not_found' })
  })
}

test('POST to an unknown path is 404, and so is a key that never was', async ({ request }) => {
  const notFound = { status: 404, code: 'not_found' }
  await expectError(await request.post('/api/nothing', { data: {} }), notFound)
  await expectError(await request.delete('/api/keys/2000000000', { headers: BEARER }), notFound)
  await expectError(await request.delete('/api/keys/abc', { headers: BEARER }), notFound)
})

test('a body that is not JSON, not declared as JSON, or not as expected is a clear 4xx', async ({
  request,
}) => {
  const post = (data: string, type: string) =>
    request.post('/api/keys', { headers: { ...BEARER, 'content-type': type }, data: Buffer.from(data) })
  await expectError(await post('{"name":', 'application/json'), { status: 400, code: 'bad_request' })
  await expectError(await post('name=x', 'application/x-www-form-urlencoded'), {
    status: 415,
    code: 'unsupported_media_type',
  })
  await expectError(await post('{"name":"x","scopes":["root"]}', 'application/json'), {
    status: 422,
    code: 'validation_failed',
  })
})

for (const query of [
  '',
  'period=7w',
  'period=7d&by=planet',
  'from=2026-01-01T00:00:00Z',
  'from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z',
  'from=yesterday&to=today',
]) {
  test(`rankings?${query} is 400 and names the parameter`, async ({ request }) => {
    const response = await request.get(`/api/rankings?${query}`)
    await expectError(response, { status: 400, code: 'bad_request' })
    expect((await response.json()).error.details.length).toBeGreaterThan(0)
  })
}

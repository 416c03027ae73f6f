import { type APIRequestContext, expect, test } from '@playwright/test'
import { BEARER } from '../server-under-test'
import { startUpstream } from '../upstream'

const RUN = Date.now().toString(36)
const PROVIDERS = '/api/v1/providers'
const ENDPOINTS = '/api/v1/endpoints'
const CONNECTION = { name: 'Helios', baseUrl: 'http://127.0.0.1:9801/v1', apiShape: 'openai' }
const used: string[] = []

function ownSlug(): string {
  const slug = `helios-${RUN}-${used.length}`
  used.push(slug)
  return slug
}

// Nobody answers at most of these addresses: other specs' requests must not be sent there.
test.afterAll(async ({ request }) => {
  for (const slug of used) await request.delete(`${PROVIDERS}/${slug}`, { headers: BEARER })
})

function put(
  request: APIRequestContext,
  slug: string,
  data: unknown,
  headers: Record<string, string> = BEARER,
) {
  return request.put(`${PROVIDERS}/${slug}`, { headers, data })
}

function putEndpoint(request: APIRequestContext, data: unknown, headers: Record<string, string> = BEARER) {
  return request.put(ENDPOINTS, { headers, data })
}

async function keyWith(request: APIRequestContext, ...scopes: string[]) {
  const data = { name: scopes.join(' '), scopes }
  const { key } = await (await request.post('/api/keys', { headers: BEARER, data })).json()
  return { authorization: `Bearer ${key}` }
}

test('a provider on this machine is connected by name, address and shape alone', async ({ request }) => {
  const slug = ownSlug()
  const response = await put(request, slug, CONNECTION)
  expect(response.status()).toBe(200)
  const provider = {
    slug,
    ...CONNECTION,
    // By the name that the shape has now; older ones are taken.
    apiShape: 'openai-chat',
    hasApiKey: false,
    allowPrivateNetwork: true,
    dataCollection: 'allow',
    enabled: true,
    enabledEndpoints: 0,
  }
  expect(await response.json()).toMatchObject({ data: provider })
  const list = await (await request.get(PROVIDERS, { headers: BEARER })).json()
  expect(list.data).toContainEqual(expect.objectContaining(provider))
  expect(list.privateNetworkAllowed).toBe(true)
})

test('a key is taken, kept, replaced, and never seen again', async ({ request }) => {
  const slug = ownSlug()
  const answers: string[] = []
  for (const data of [{ apiKey: 'sk-first-secret' }, {}, { apiKey: '' }, { apiKey: 'sk-second-secret' }]) {
    const response = await put(request, slug, { ...CONNECTION, ...data })
    expect((await response.json()).data.hasApiKey).toBe(true)
    answers.push(await response.text())
  }
  answers.push(await (await request.get(PROVIDERS, { headers: BEARER })).text())
  expect(answers.join()).not.toMatch(/secret|v1\.[\w-]{16}\./)
  const forgotten = await put(request, slug, { ...CONNECTION, apiKey: null })
  expect((await forgotten.json()).data.hasApiKey).toBe(false)
})

test('an endpoint is configured, read with its health, and keeps what is left out', async ({ request }) => {
  const provider = ownSlug()
  await put(request, provider, CONNECTION)
  const model = `acme/${provider}`
  const first = await putEndpoint(request, {
    model,
    provider,
    upstreamModel: 'atlas@fp8',
    promptUsdPerMTok: 0.15,
    completionUsdPerMTok: 0.6,
    contextLength: 131072,
    quantization: 'fp8',
    supportsTools: true,
  })
  expect(first.status()).toBe(200)
  const endpoint = {
    model,
    provider,
    providerName: 'Helios',
    upstreamModel: 'atlas@fp8',
    promptUsdPerMTok: 0.15,
    cachedUsdPerMTok: null,
    completionUsdPerMTok: 0.6,
    contextLength: 131072,
    quantization: 'fp8',
    supportsTools: true,
    supportsReasoning: null,
    supportsStructuredOutput: null,
    inputModalities: [],
    outputModalities: [],
    maxCompletionTokens: null,
    enabled: true,
    routable: true,
    lessons: [],
    health: {
      uptime30m: null,
      latencyMsP50: null,
      tokensPerSecondP50: null,
      toolCallErrorRate: null,
      toolCallAttempts: 0,
      attempts30m: 0,
      status: 'unknown',
    },
  }
  expect(await first.json()).toEqual({ data: endpoint })
  const second = await putEndpoint(request, { model, provider, enabled: false, contextLength: null })
  const changed = { ...endpoint, enabled: false, routable: false, contextLength: null }
  expect(await second.json()).toEqual({ data: changed })
  const list = await request.get(`${ENDPOINTS}?provider=${provider}`, { headers: BEARER })
  expect(await list.json()).toEqual({ data: [changed] })
  const routable = await request.get(`${ENDPOINTS}?provider=${provider}&routable=true`, { headers: BEARER })
  expect(await routable.json()).toEqual({ data: [] })
})

test('an endpoint’s health is that of the records that came in', async ({ request }) => {
  const provider = ownSlug()
  await put(request, provider, CONNECTION)
  const model = `acme/${provider}`
  await putEndpoint(request, { model, provider })
  const records = Array.from({ length: 25 }, (_, index) => ({
    id: `${provider}-${index}`,
    source: 'e2e-providers',
    startedAt: new Date().toISOString(),
    model,
    provider,
    httpStatus: index < 5 ? 503 : 200,
    durationMs: 900,
    timeToFirstTokenMs: 210,
  }))
  await request.post('/api/v1/ingest', { headers: BEARER, data: records })
  const list = await (await request.get(`${ENDPOINTS}?provider=${provider}`, { headers: BEARER })).json()
  expect(list.data[0].health).toMatchObject({ attempts30m: 25, uptime30m: 0.8, status: 'degraded' })
  expect(Math.abs(list.data[0].health.latencyMsP50 / 210 - 1)).toBeLessThanOrEqual(0.02)
})

test('prices of well-known models come from the price table', async ({ request }) => {
  const query = 'model=openai/gpt-4o&provider=openai'
  const suggestion = await request.get(`${ENDPOINTS}/suggestion?${query}`, { headers: BEARER })
  expect(await suggestion.json()).toMatchObject({
    promptUsdPerMTok: 2.5,
    cachedUsdPerMTok: 1.25,
    completionUsdPerMTok: 10,
    contextLength: 128000,
  })
})

test('a test call says what came back, obeys the stored key, and never quotes it', async ({ request }) => {
  const upstream = await startUpstream()
  try {
    const slug = ownSlug()
    await put(request, slug, { ...CONNECTION, baseUrl: upstream.baseUrl, apiKey: upstream.apiKey })
    const ask = async (data: unknown = {}) =>
      (await request.post(`${PROVIDERS}/${slug}/test`, { headers: BEARER, data })).json()
    expect(await ask()).toMatchObject({ ok: true, upstreamModel: null, listedModels: ['atlas-120b'] })
    await putEndpoint(request, { model: 'acme/atlas-120b', provider: slug })
    const good = await ask()
    expect(good).toMatchObject({ ok: true, upstreamModel: 'atlas-120b', httpStatus: 200 })
    expect(good.latencyMs).toBeGreaterThanOrEqual(0)
    expect(await ask({ model: 'acme/nova' })).toMatchObject({
      ok: false,
      httpStatus: 404,
      message: expect.stringContaining('does not know the model nova'),
    })
    await put(request, slug, { ...CONNECTION, baseUrl: upstream.baseUrl, apiKey: 'sk-wrong-one' })
    const refused = await ask()
    expect(refused).toMatchObject({ ok: false, httpStatus: 401 })
    expect(refused.message).toContain('key was refused')
    expect(refused.message).not.toContain('sk-wrong-one')
  } finally {
    await upstream.close()
  }
  const slug = ownSlug()
  await put(request, slug, { ...CONNECTION, baseUrl: upstream.baseUrl })
  const gone = await request.post(`${PROVIDERS}/${slug}/test`, { headers: BEARER, data: {} })
  expect(await gone.json()).toMatchObject({ ok: false, message: expect.stringContaining('Nothing listens') })
})

test('a disconnected provider is forgotten, and its name stays', async ({ request }) => {
  const slug = ownSlug()
  await put(request, slug, { ...CONNECTION, apiKey: 'sk-first' })
  await putEndpoint(request, { model: 'acme/atlas-120b', provider: slug })
  const gone = await request.delete(`${PROVIDERS}/${slug}`, { headers: BEARER })
  expect((await gone.json()).data).toMatchObject({ slug, name: slug, baseUrl: null, hasApiKey: false })
  const endpoints = await request.get(`${ENDPOINTS}?provider=${slug}`, { headers: BEARER })
  expect(await endpoints.json()).toEqual({ data: [] })
  expect((await request.delete(`${PROVIDERS}/${slug}`, { headers: BEARER })).status()).toBe(404)
})

test('a key reads with read, and changes only with manage', async ({ request }) => {
  const slug = ownSlug()
  const reader = await keyWith(request, 'read')
  const caller = await keyWith(request, 'gateway', 'ingest')
  const manager = await keyWith(request, 'manage')
  expect((await request.get(PROVIDERS, { headers: reader })).status()).toBe(200)
  expect((await request.get(ENDPOINTS, { headers: reader })).status()).toBe(200)
  expect((await request.get(PROVIDERS, { headers: caller })).status()).toBe(403)
  expect((await request.get(PROVIDERS)).status()).toBe(401)
  const endpoint = { model: 'acme/atlas-120b', provider: slug }
  for (const headers of [reader, caller]) {
    expect((await put(request, slug, CONNECTION, headers)).status()).toBe(403)
    expect((await putEndpoint(request, endpoint, headers)).status()).toBe(403)
    expect((await request.delete(`${PROVIDERS}/${slug}`, { headers })).status()).toBe(403)
    const tested = await request.post(`${PROVIDERS}/${slug}/test`, { headers, data: {} })
    expect(tested.status()).toBe(403)
  }
  expect((await put(request, slug, CONNECTION, manager)).status()).toBe(200)
  expect((await putEndpoint(request, endpoint, manager)).status()).toBe(200)
})

const WRONG_PROVIDERS: [string, Record<string, unknown>, string][] = [
  ['no name', { name: ' ' }, 'name'],
  ['a name without end', { name: 'x'.repeat(81) }, 'name'],
  ['no address', { baseUrl: '' }, 'baseUrl'],
  ['another protocol', { baseUrl: 'file:///etc/passwd' }, 'baseUrl'],
  ['a password in the address', { baseUrl: 'https://me:pw@api.example.com/v1' }, 'baseUrl'],
  ['a metadata address', { baseUrl: 'http://169.254.169.254/latest' }, 'baseUrl'],
  ['a metadata address in disguise', { baseUrl: 'http://[::ffff:a9fe:a9fe]/' }, 'baseUrl'],
  ['a metadata address as a number', { baseUrl: 'http://2852039166/' }, 'baseUrl'],
  ['a metadata name', { baseUrl: 'http://metadata.google.internal/' }, 'baseUrl'],
  ['no address at all', { baseUrl: 'http://0.0.0.0:9801/v1' }, 'baseUrl'],
  ['a loopback address that may not be one', { allowPrivateNetwork: false }, 'baseUrl'],
  ['a name that does not resolve', { baseUrl: 'https://no-such-host.invalid/v1' }, 'baseUrl'],
  ['another shape', { apiShape: 'grpc' }, 'apiShape'],
  ['a key in two lines', { apiKey: 'sk-1\r\nx-evil: 1' }, 'apiKey'],
  ['an unknown policy', { dataCollection: 'maybe' }, 'dataCollection'],
]

for (const [what, data, path] of WRONG_PROVIDERS) {
  test(`a provider with ${what} is refused at its field`, async ({ request }) => {
    const response = await put(request, ownSlug(), { ...CONNECTION, ...data })
    expect(response.status()).toBe(422)
    const { error } = await response.json()
    expect(error.code).toBe('validation_failed')
    expect(error.details.map((detail: { path: string }) => detail.path)).toEqual([path])
  })
}

test('what is no slug, no model, or no provider is named', async ({ request }) => {
  expect((await put(request, 'Not%20A%20Slug', CONNECTION)).status()).toBe(404)
  expect((await put(request, 'unknown', CONNECTION)).status()).toBe(422)
  expect((await put(request, ownSlug(), { ...CONNECTION, secret: 'x' })).status()).toBe(422)
  const nobody = await putEndpoint(request, { model: 'acme/atlas', provider: 'nobody' })
  expect(nobody.status()).toBe(404)
  expect((await nobody.json()).error.message).toContain('nobody')
  const wrong = await putEndpoint(request, { model: 'atlas', provider: 'Nobody', promptUsdPerMTok: -1 })
  expect(wrong.status()).toBe(422)
  const paths = (await wrong.json()).error.details.map((detail: { path: string }) => detail.path)
  expect(paths).toEqual(['model', 'provider', 'promptUsdPerMTok'])
  expect((await request.get(`${ENDPOINTS}?model=%00`, { headers: BEARER })).status()).toBe(400)
  expect((await request.patch(PROVIDERS, { headers: BEARER, data: {} })).status()).toBe(405)
})

test('a key may be made with a limit of requests per minute', async ({ request }) => {
  const data = { name: `limited ${RUN}`, scopes: ['gateway'], requestsPerMinute: 60 }
  const created = await (await request.post('/api/keys', { headers: BEARER, data })).json()
  expect(created.requestsPerMinute).toBe(60)
  const wrong = { ...data, requestsPerMinute: 0 }
  const refused = await request.post('/api/keys', { headers: BEARER, data: wrong })
  expect(refused.status()).toBe(422)
})

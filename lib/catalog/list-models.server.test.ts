import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { db } from '../platform/db.server'
import { listEndpoints } from './list-endpoints.server'
import { listModels } from './list-models.server'
import { putEndpoint, putEndpoints } from './put-endpoint.server'
import { putProvider } from './put-provider.server'
import { putProviderBody } from './schema'

let server: Server
let url: string
let asked: { target: string; headers: IncomingHttpHeaders }[] = []
let pages: { status: number; body: unknown }[] = []
let made = 0

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push({ target: request.url ?? '', headers: request.headers })
    const { status, body } = pages[asked.length - 1] ?? { status: 500, body: {} }
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(() => {
  server.close()
})

beforeEach(() => {
  asked = []
})

async function connect(over: Record<string, unknown> = {}): Promise<string> {
  made += 1
  const slug = `listed-${made}`
  const body = putProviderBody.parse({
    name: slug,
    baseUrl: `${url}/v1`,
    apiShape: 'openai-chat',
    apiKey: 'sk-the-key',
    ...over,
  })
  await putProvider({ slug, body, actor: 'test' })
  return slug
}

const list = (slug: string) => listModels({ slug, nowMs: Date.now() })

test('lists what the provider serves, named as here and marked where connected', async () => {
  const slug = await connect()
  await putEndpoint({
    body: { model: 'acme/atlas', provider: slug, upstreamModel: 'atlas@fp8' },
    actor: 'test',
    nowMs: Date.now(),
  })
  pages = [
    { status: 200, body: { data: [{ id: 'atlas@fp8' }, { id: 'gpt-5-mini', context_length: 400_000 }] } },
  ]
  expect(await list(slug)).toMatchObject({
    source: 'provider',
    message: null,
    data: [
      { upstreamModel: 'atlas@fp8', model: 'acme/atlas', isConnected: true },
      {
        upstreamModel: 'gpt-5-mini',
        model: 'openai/gpt-5-mini',
        isConnected: false,
        contextLength: 400_000,
        supportsReasoning: true,
      },
    ],
  })
  expect(asked[0]).toMatchObject({ target: '/v1/models', headers: { authorization: 'Bearer sk-the-key' } })
})

test('follows pages, and lists nothing twice', async () => {
  const slug = await connect()
  pages = [
    { status: 200, body: { data: [{ id: 'a' }, { id: 'b' }], has_more: true, last_id: 'b' } },
    { status: 200, body: { data: [{ id: 'b' }, { id: 'c' }], has_more: false } },
  ]
  expect((await list(slug)).data.map(({ upstreamModel }) => upstreamModel)).toEqual(['a', 'b', 'c'])
  expect(asked[1]?.target).toBe('/v1/models?after_id=b')
})

test('says why there is no list, without the key', async () => {
  const slug = await connect()
  pages = [{ status: 401, body: { error: { message: 'bad key sk-the-key' } } }]
  const refused = await list(slug)
  expect(refused).toMatchObject({ data: [], message: expect.stringContaining('key was refused') })
  expect(JSON.stringify(refused)).not.toContain('sk-the-key')
  asked = []
  pages = [{ status: 200, body: { hello: 'world' } }]
  expect((await list(slug)).message).toContain('not with a list of models')
})

test('a provider without a list of its own gets the price table’s, and is not asked', async () => {
  const slug = await connect({ baseUrl: `${url}/openai/deployments/{model}`, authScheme: 'api-key' })
  expect(await list(slug)).toMatchObject({ source: 'price_table', data: [] })
  expect(asked).toEqual([])
})

test('connects many at once with what the list said, all or none', async () => {
  const slug = await connect()
  const endpoints = [
    { model: `acme/many-${made}-a`, upstreamModel: 'a', contextLength: 1000, supportsTools: true },
    { model: `acme/many-${made}-b`, upstreamModel: 'b', promptUsdPerMTok: 2 },
  ]
  const options = { slug, actor: 'test', nowMs: Date.now() }
  expect(await putEndpoints({ ...options, body: { endpoints } })).toEqual({ connected: 2 })
  const { data } = await listEndpoints({ provider: slug }, Date.now())
  expect(data).toMatchObject([
    { upstreamModel: 'a', contextLength: 1000, supportsTools: true, enabled: true, routable: true },
    { upstreamModel: 'b', promptUsdPerMTok: 2, enabled: true },
  ])
  expect(
    await db().auditLog.count({ where: { target: `provider:${slug}`, action: 'endpoint.update' } }),
  ).toBe(1)
  const broken = [{ model: 'acme/many-c' }, { model: 'acme/many-d', contextLength: 3e9 }]
  await expect(putEndpoints({ ...options, body: { endpoints: broken } })).rejects.toThrow()
  expect((await listEndpoints({ provider: slug }, Date.now())).data).toHaveLength(2)
  await expect(putEndpoints({ ...options, slug: 'nobody-there', body: { endpoints } })).rejects.toMatchObject(
    {
      code: 'not_found',
    },
  )
})

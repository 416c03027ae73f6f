import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { db } from '../platform/db.server'
import { setEnvironment } from '../platform/env.server'
import type { ApiShape } from '../records/vocabulary'
import { putEndpoint } from './put-endpoint.server'
import { putProvider } from './put-provider.server'
import { testConnection } from './test-connection.server'

type Seen = {
  url: string
  headers: IncomingMessage['headers']
  body: { model?: string; max_tokens?: number } | null
}

let server: Server
let baseUrl: string
let seen: Seen[] = []
let answer: (request: Seen, response: ServerResponse) => void
let made = 0

const chat = { choices: [{ message: { role: 'assistant', content: 'OK' } }] }

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    const one = {
      url: request.url ?? '',
      headers: request.headers,
      body: text === '' ? null : JSON.parse(text),
    }
    seen.push(one)
    answer(one, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
})

afterAll(() => {
  server.close()
})

afterEach(() => {
  seen = []
  setEnvironment({ HOST: '' })
})

function replyJson(status: number, body: unknown) {
  return (_request: Seen, response: ServerResponse) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }
}

async function connect({
  models = ['acme/atlas'],
  apiKey = 'sk-the-key',
  apiShape = 'openai-chat' as ApiShape,
  url = baseUrl,
} = {}): Promise<string> {
  made += 1
  const slug = `tested-${made}`
  await putProvider({ slug, body: { name: slug, baseUrl: url, apiShape, apiKey }, actor: 'test' })
  for (const model of models)
    await putEndpoint({ body: { model, provider: slug }, actor: 'test', nowMs: Date.now() })
  return slug
}

test('asks the first endpoint for a few tokens, with the key', async () => {
  answer = replyJson(200, chat)
  const slug = await connect({ models: ['acme/nova', 'acme/atlas'] })
  const result = await testConnection({ slug, body: {} })
  expect(result).toMatchObject({
    ok: true,
    upstreamModel: 'atlas',
    httpStatus: 200,
    message: 'atlas answered.',
  })
  expect(result.latencyMs).toBeGreaterThanOrEqual(0)
  expect(seen).toHaveLength(1)
  expect(seen[0]).toMatchObject({
    url: '/v1/chat/completions',
    headers: { authorization: 'Bearer sk-the-key' },
    body: { model: 'atlas', max_tokens: 16 },
  })
})

test('asks the model it is told to, under the name the provider uses', async () => {
  answer = replyJson(200, chat)
  const slug = await connect({ models: ['acme/atlas'] })
  await putEndpoint({
    body: { model: 'acme/nova', provider: slug, upstreamModel: 'nova@fp8' },
    actor: 'test',
    nowMs: Date.now(),
  })
  expect(await testConnection({ slug, body: { model: 'acme/nova' } })).toMatchObject({
    upstreamModel: 'nova@fp8',
  })
  expect(await testConnection({ slug, body: { model: 'acme/unlisted' } })).toMatchObject({
    upstreamModel: 'unlisted',
  })
})

test('speaks Anthropic to a provider of that shape', async () => {
  answer = replyJson(200, { type: 'message', content: [{ type: 'text', text: 'OK' }] })
  const slug = await connect({ apiShape: 'anthropic-messages', url: baseUrl.replace(/\/v1$/, '') })
  expect(await testConnection({ slug, body: {} })).toMatchObject({ ok: true })
  expect(seen[0]).toMatchObject({
    url: '/v1/messages',
    headers: { 'x-api-key': 'sk-the-key', 'anthropic-version': '2023-06-01' },
  })
})

test('asks for the list of models while there is no endpoint', async () => {
  answer = replyJson(200, { data: [{ id: 'atlas' }, { id: 'nova' }] })
  const slug = await connect({ models: [] })
  expect(await testConnection({ slug, body: {} })).toMatchObject({
    ok: true,
    upstreamModel: null,
    listedModels: ['atlas', 'nova'],
  })
  expect(seen[0]?.url).toBe('/v1/models')
})

test('asks again with the other name of the limit when a model wants that', async () => {
  answer = ({ body }, response) =>
    body && 'max_completion_tokens' in body
      ? replyJson(200, chat)({ url: '', headers: {}, body }, response)
      : replyJson(400, { error: { message: "Use 'max_completion_tokens' instead." } })(
          { url: '', headers: {}, body },
          response,
        )
  const slug = await connect()
  expect(await testConnection({ slug, body: {} })).toMatchObject({ ok: true })
})

test('says that the key was refused, without quoting it', async () => {
  answer = replyJson(401, { error: { message: 'Incorrect API key provided: sk-the-key' } })
  const slug = await connect()
  const result = await testConnection({ slug, body: {} })
  expect(result).toMatchObject({
    ok: false,
    httpStatus: 401,
    message: expect.stringContaining('key was refused'),
  })
  expect(JSON.stringify(result)).not.toContain('sk-the-key')
})

test('does not follow a redirect, which could lead inside', async () => {
  answer = (_request, response) => {
    response.writeHead(307, { location: 'http://169.254.169.254/' }).end()
  }
  const slug = await connect()
  expect(await testConnection({ slug, body: {} })).toMatchObject({ ok: false, httpStatus: 307 })
  expect(seen).toHaveLength(1)
})

test('says that nobody listens', async () => {
  const slug = await connect({ url: 'http://127.0.0.1:9/v1' })
  expect(await testConnection({ slug, body: {} })).toMatchObject({
    ok: false,
    httpStatus: null,
    latencyMs: null,
    message: expect.stringContaining('Nothing listens at 127.0.0.1:9'),
  })
})

test('stops reading an answer without end', async () => {
  answer = (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    const more = setInterval(() => response.write('x'.repeat(1_000_000)), 1)
    response.on('close', () => clearInterval(more))
  }
  const slug = await connect()
  expect(await testConnection({ slug, body: {} })).toMatchObject({
    ok: false,
    message: expect.stringContaining('more than a short answer'),
  })
})

test('calls nothing inside once the operator forbids it', async () => {
  const slug = await connect()
  setEnvironment({ HOST: '0.0.0.0' })
  expect(await testConnection({ slug, body: {} })).toMatchObject({
    ok: false,
    message: expect.stringContaining('127.0.0.1 is a loopback address, which is not allowed'),
  })
  expect(seen).toEqual([])
})

test('says that a stored key no longer opens', async () => {
  const slug = await connect()
  await db().provider.update({ where: { slug }, data: { sealedSecret: 'v1.broken' } })
  expect(await testConnection({ slug, body: {} })).toMatchObject({
    ok: false,
    message: expect.stringContaining('Enter the key again'),
  })
})

test('needs a connected provider', async () => {
  await db().provider.create({ data: { slug: 'tested-log' } })
  for (const slug of ['tested-log', 'tested-nobody']) {
    await expect(testConnection({ slug, body: {} })).rejects.toMatchObject({ code: 'not_found' })
  }
})

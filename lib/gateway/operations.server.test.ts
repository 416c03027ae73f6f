import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApiKey } from '../access/manage-keys.server'
import { writeSetting } from '../access/settings.server'
import { putEndpoint } from '../catalog/put-endpoint.server'
import { putProvider } from '../catalog/put-provider.server'
import { createDataPlane, type DataPlane } from '../data-plane/data-plane.server'
import { readEnvironment } from '../platform/env.server'
import { createRecorder, type Recorder } from '../recorder/recorder.server'
import { type ApiShape, GATEWAY_SOURCE } from '../records/vocabulary'
import { createRequestLog, type RequestLog } from './request-log.server'

// What the gateway answers beside chats, with providers on real sockets.

type Asked = { path: string; headers: IncomingHttpHeaders; body: Buffer }
type Behaviour = (asked: Asked, response: ServerResponse) => void

const behaviours = new Map<string, Behaviour>()
let server: Server
let url: string
let recorder: Recorder
let requestLog: RequestLog
let dataPlane: DataPlane
let client: pg.Client
let key: { id: number; key: string }
let made = 0

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece)
    const [, provider = '', ...rest] = request.url?.split('/') ?? []
    const asked = { path: `/${rest.join('/')}`, headers: request.headers, body: Buffer.concat(pieces) }
    behaviours.get(provider)?.(asked, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { DATABASE_URL: databaseUrl = '' } = readEnvironment()
  recorder = createRecorder({ databaseUrl })
  requestLog = createRequestLog(recorder)
  dataPlane = createDataPlane({ recorder, requestLog, budget: { silenceMs: 15_000, answerMs: 15_000 } })
  client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const scopes = ['gateway' as const]
  key = await createApiKey({ name: 'operations', scopes, requestsPerMinute: null, actor: 'test' })
})

afterAll(async () => {
  await requestLog.close()
  await recorder.close()
  await client.end()
  server.close()
})

/** A model of its own at providers that behave so, tried in this order. */
async function connect(given: readonly Behaviour[], apiShape: ApiShape = 'openai-chat') {
  made += 1
  const model = `acme/operated-${made}`
  const order = given.map((_, index) => `o${made}-${index}`)
  for (const [index, provider] of order.entries()) {
    const behaviour = given[index]
    if (behaviour) behaviours.set(provider, behaviour)
    const body = { name: provider, baseUrl: `${url}/${provider}/v1`, apiShape }
    await putProvider({ slug: provider, body, actor: 'test' })
    await putEndpoint({ body: { model, provider, upstreamModel: 'inner' }, actor: 'test', nowMs: Date.now() })
  }
  return { model, order }
}

async function send(path: string, init: RequestInit & { body?: BodyInit } = {}): Promise<Response> {
  const headers = { authorization: `Bearer ${key.key}`, ...(init.headers as Record<string, string>) }
  return dataPlane.fetch(new Request(`http://gateway.test/api/v1${path}`, { ...init, headers }))
}

const post = (path: string, body: object, headers: Record<string, string> = {}) =>
  send(path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  })

const says =
  (body: object, status = 200): Behaviour =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(body))
  }

async function recorded(response: Response) {
  const externalId = response.headers.get('x-generation-id')
  const read = async () => {
    const { rows } = await client.query(
      `SELECT operation, prompt_tokens, completion_tokens, http_status, tools_offered
       FROM request_log WHERE external_id = $1 AND source = $2`,
      [externalId, GATEWAY_SOURCE],
    )
    return rows[0]
  }
  await expect.poll(read).toBeDefined()
  return read()
}

describe('an operation beside chat', () => {
  const embedding = { object: 'list', data: [{ embedding: [0.1] }], model: 'inner' }

  test('is passed on as it is, under the provider’s name for the model, and recorded by its kind', async () => {
    const asked: Asked[] = []
    const { model } = await connect([
      (request, response) => {
        asked.push(request)
        says({ ...embedding, usage: { prompt_tokens: 7, total_tokens: 7 } })(request, response)
      },
    ])
    const response = await post('/embeddings', { model, input: ['a'], provider: {}, dimensions: 8 })
    expect(await response.json()).toMatchObject(embedding)
    expect(asked[0]?.path).toBe('/v1/embeddings')
    expect(JSON.parse(String(asked[0]?.body))).toEqual({
      model: 'inner',
      input: ['a'],
      dimensions: 8,
    })
    expect(await recorded(response)).toMatchObject({
      operation: 'embedding',
      prompt_tokens: 7,
      completion_tokens: 0,
      tools_offered: null,
    })
  })

  test('goes on to the next provider, and no further after a refusal of the request', async () => {
    const { model, order } = await connect([says({ error: 'busy' }, 503), says(embedding)])
    const response = await post('/rerank', { model, query: 'q', documents: [], provider: { order } })
    expect(response.status).toBe(200)
    const refusing = await connect([says({ error: { message: 'no input' } }, 400), says(embedding)])
    const refused = await post('/embeddings', {
      model: refusing.model,
      provider: { order: refusing.order },
    })
    expect(refused.status).toBe(400)
    expect(JSON.stringify(await refused.json())).toContain('no input')
  })

  test('may send a form and get bytes', async () => {
    const asked: Asked[] = []
    const sound = Buffer.from([255, 243, 0, 200, 13, 10])
    const { model } = await connect([
      (request, response) => {
        asked.push(request)
        response.writeHead(200, { 'content-type': 'audio/mpeg' })
        response.end(sound)
      },
    ])
    const form = new FormData()
    form.set('model', model)
    form.set('file', new Blob([sound]), 'a.mp3')
    const response = await send('/audio/transcriptions', { method: 'POST', body: form })
    expect(response.headers.get('content-type')).toBe('audio/mpeg')
    expect(Buffer.from(await response.arrayBuffer())).toEqual(sound)
    const [sent] = asked
    expect(sent?.headers['content-type']).toContain('multipart/form-data')
    expect(sent?.body.includes(sound)).toBe(true)
    expect(sent?.body.toString('latin1')).toContain('\r\n\r\ninner\r\n')
    expect(await recorded(response)).toMatchObject({ operation: 'audio' })
  })

  test('is asked of nobody whose shape has none', async () => {
    const { model } = await connect([says(embedding)], 'anthropic-messages')
    const response = await post('/embeddings', { model, input: 'a' })
    expect(response.status).toBe(404)
  })

  test.each([
    ['no model', '{"input":"a"}', 'model'],
    ['a list', '[]', 'JSON object'],
    ['a model that is a number', '{"model":7}', 'model'],
  ])('with %s is refused by name', async (_, body, named) => {
    const response = await send('/embeddings', { method: 'POST', body })
    expect(response.status).toBe(400)
    expect(JSON.stringify(await response.json())).toContain(named)
  })
})

describe('counting tokens', () => {
  const messages = [{ role: 'user', content: 'How many tokens are these words, about?' }]

  test('is the provider’s, where its shape counts', async () => {
    const { model } = await connect(
      [
        (asked, response) =>
          says({ input_tokens: asked.path.endsWith('/count_tokens') ? 12 : 0 })(asked, response),
      ],
      'anthropic-messages',
    )
    const response = await post('/messages/count_tokens?beta=true', { model, messages })
    expect(await response.json()).toEqual({ input_tokens: 12 })
    expect(response.headers.get('x-sightglass-token-count')).toBe('provider')
  })

  test.each<[string, ApiShape, Behaviour]>([
    ['a provider of another shape', 'openai-chat', says({}, 500)],
    ['one that fails', 'anthropic-messages', says({ error: 'down' }, 503)],
  ])('is an estimate at %s', async (_, shape, behaviour) => {
    const { model } = await connect([behaviour], shape)
    const response = await post('/messages/count_tokens', { model, messages })
    const { input_tokens: tokens } = (await response.json()) as { input_tokens: number }
    expect(tokens).toBeGreaterThan(5)
    expect(tokens).toBeLessThan(60)
    expect(response.headers.get('x-sightglass-token-count')).toBe('estimate')
  })
})

describe('the list of models', () => {
  test('has OpenAI’s form, Anthropic’s for its clients, and each entry by its name', async () => {
    const { model } = await connect([says({})])
    const list = (await (await send('/models')).json()) as { object: string; data: { id: string }[] }
    expect(list.object).toBe('list')
    expect(list.data.find(({ id }) => id === model)).toMatchObject({ object: 'model', owned_by: 'acme' })
    const headers = { 'anthropic-version': '2023-06-01' }
    expect(await (await send('/models', { headers })).json()).toMatchObject({ has_more: false })
    for (const path of [`/models/${model}`, `/models/${encodeURIComponent(model)}`, `/models/${model}/`]) {
      expect(await (await send(path)).json()).toMatchObject({ id: model })
    }
    expect(await (await send(`/models/${model}`, { headers })).json()).toMatchObject({
      type: 'model',
      id: model,
    })
    expect((await send('/models/acme/nothing')).status).toBe(404)
  })

  test('is readable without a key while Rankings are, but for presets', async () => {
    await connect([says({})])
    const ask = () => dataPlane.fetch(new Request('http://gateway.test/api/v1/models'))
    await writeSetting('publicRankings', true)
    const answer = await ask()
    expect(answer.status).toBe(200)
    expect(await answer.text()).not.toContain('@preset/')
    await writeSetting('publicRankings', false)
    expect((await ask()).status).toBe(401)
    await writeSetting('publicRankings', true)
  })
})

test('a key sees what it spent, in OpenRouter’s form', async () => {
  const { data } = (await (await send('/key')).json()) as { data: Record<string, unknown> }
  expect(data).toMatchObject({ label: 'operations', limit: null, usage: expect.any(Number) })
  const credits = (await (await send('/credits')).json()) as { data: Record<string, number> }
  expect(credits.data.total_credits).toBe(credits.data.total_usage)
})

test.each([
  ['/messages', 'GET', { type: 'error' }],
  ['/messages/nothing', 'POST', { type: 'error' }],
  ['/chat/completions/nothing', 'POST', { error: { code: 404 } }],
])('an error at %s (%s) is told in the shape of its path', async (path, method, expected) => {
  const response = await send(path, { method })
  expect(await response.json()).toMatchObject(expected)
})

test('a slash at the end is forgiven', async () => {
  const choices = [{ index: 0, message: { role: 'assistant', content: 'Hi.' }, finish_reason: 'stop' }]
  const { model } = await connect([says({ choices })])
  const response = await post('/chat/completions/', { model, messages: [{ role: 'user', content: 'Hi' }] })
  expect(response.status).toBe(200)
})

import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApiKey } from '../access/manage-keys.server'
import { forgetLessons } from '../catalog/endpoint-lessons.server'
import { listEndpoints } from '../catalog/list-endpoints.server'
import { putEndpoint } from '../catalog/put-endpoint.server'
import { putProvider } from '../catalog/put-provider.server'
import { createDataPlane, type DataPlane } from '../data-plane/data-plane.server'
import { readEnvironment } from '../platform/env.server'
import { type JsonObject, objectOf } from '../platform/json-value'
import { createRecorder, type Recorder } from '../recorder/recorder.server'
import type { ApiShape } from '../records/vocabulary'
import { createRequestLog, type RequestLog } from './request-log.server'

// Providers on real sockets that refuse parameters, names and ids, each in the way it does.

type Asked = JsonObject & { messages?: JsonObject[]; tools?: JsonObject[] }
type Behaviour = (body: Asked, respond: ServerResponse) => void

const behaviours = new Map<string, Behaviour>()
let server: Server
let url: string
let recorder: Recorder
let requestLog: RequestLog
let dataPlane: DataPlane
let client: pg.Client
let apiKey: string
let made = 0

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    behaviours.get(request.url?.split('/')[1] ?? '')?.(JSON.parse(text), response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { DATABASE_URL: databaseUrl = '' } = readEnvironment()
  recorder = createRecorder({ databaseUrl })
  requestLog = createRequestLog(recorder)
  dataPlane = createDataPlane({ recorder, requestLog, budget: { silenceMs: 15_000, answerMs: 15_000 } })
  client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const key = await createApiKey({
    name: 'mending test',
    scopes: ['gateway'],
    requestsPerMinute: null,
    actor: 'test',
  })
  apiKey = key.key
})

afterAll(async () => {
  await requestLog.close()
  await recorder.close()
  await client.end()
  server.close()
})

/** A model of its own at providers that behave so, tried in this order; `asked` is what each was sent. */
async function connect(given: readonly Behaviour[], apiShape: ApiShape = 'openai-chat') {
  made += 1
  const model = `acme/mended-${made}`
  const providers = given.map((_, index) => `m${made}-${index}`)
  const asked: Asked[][] = given.map(() => [])
  for (const [index, provider] of providers.entries()) {
    behaviours.set(provider, (body, respond) => {
      asked[index]?.push(body)
      given[index]?.(body, respond)
    })
    const body = { name: provider, baseUrl: `${url}/${provider}/v1`, apiShape }
    await putProvider({ slug: provider, body, actor: 'test' })
    await putEndpoint({ body: { model, provider }, actor: 'test', nowMs: Date.now() })
  }
  return { model, providers, asked }
}

async function send(body: JsonObject, path = '/api/v1/chat/completions') {
  const response = await dataPlane.fetch(
    new Request(`http://gateway.test${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${apiKey}`,
        'content-type': 'application/json',
        'x-openrouter-metadata': 'enabled',
      },
      body: JSON.stringify({ messages: [{ role: 'user', content: 'tide?' }], ...body }),
    }),
  )
  const text = await response.text()
  return { status: response.status, text, id: response.headers.get('x-generation-id') ?? '' }
}

const json = (respond: ServerResponse, status: number, body: unknown) =>
  respond.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
const toolNameIn = (body: Asked | undefined) => String(objectOf(body?.tools?.[0]?.function).name)
const USAGE = { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 }

/** A chat answer, whole or streamed as asked, that says Hello or calls the tool. */
function answer(body: Asked, respond: ServerResponse, tool?: string) {
  const calls =
    tool === undefined
      ? {}
      : {
          tool_calls: [
            { index: 0, id: 'call_1', type: 'function', function: { name: tool, arguments: '{}' } },
          ],
        }
  const said = { role: 'assistant', content: tool === undefined ? 'Hello' : null, ...calls }
  const head = { id: 'c', created: 1, model: 'm' }
  const finish_reason = tool === undefined ? 'stop' : 'tool_calls'
  if (body.stream !== true) {
    const choices = [{ index: 0, message: said, finish_reason }]
    return json(respond, 200, { ...head, object: 'chat.completion', choices, usage: USAGE })
  }
  respond.writeHead(200, { 'content-type': 'text/event-stream' })
  const chunk = (choice: object) =>
    `data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', choices: [{ index: 0, ...choice }] })}\n\n`
  respond.end(
    `${chunk({ delta: said, finish_reason: null })}${chunk({ delta: {}, finish_reason })}data: [DONE]\n\n`,
  )
}

const extraForbidden = (...loc: (string | number)[]) => ({
  detail: [{ type: 'extra_forbidden', loc: ['body', ...loc], msg: 'Extra inputs are not permitted' }],
})

/** Knows no such fields; answers otherwise. */
const strictAbout =
  (...fields: string[]): Behaviour =>
  (body, respond) => {
    const unknown = fields.find((field) => field in body)
    if (unknown === undefined) answer(body, respond)
    else json(respond, 422, extraForbidden(unknown))
  }
const lenient: Behaviour = (body, respond) => {
  answer(body, respond)
}

async function recordOf(id: string) {
  const sql = 'SELECT attempt_count, error_class, plan FROM request_log WHERE external_id = $1'
  for (let tries = 0; tries < 200; tries += 1) {
    const { rows } = await client.query(sql, [id])
    if (rows.length > 0) return rows[0]
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`${id} was never recorded`)
}

/** Stored behind the reply. */
const lessonsOf = async (provider: string) =>
  (await listEndpoints({ provider }, Date.now())).data[0]?.lessons.map(({ text }) => text)

for (const stream of [false, true]) {
  const way = stream ? 'a stream' : 'an answer'

  test(`${way}: a refused parameter is left out, the endpoint asked once more, and remembered`, async () => {
    const { model, providers, asked } = await connect([strictAbout('seed')])
    const first = await send({ model, stream, seed: 7 })
    expect(first.status).toBe(200)
    expect(first.text).toContain('Hello')
    expect(asked[0]?.map((body) => 'seed' in body)).toEqual([true, false])
    expect(first.text).toContain('seed left out, since it was refused: Extra inputs are not permitted')

    const record = await recordOf(first.id)
    expect(record).toMatchObject({ attempt_count: 1, error_class: null })
    expect(record.plan.steps[0].amendments).toEqual([
      'seed left out, since it was refused: Extra inputs are not permitted',
    ])

    await expect.poll(() => lessonsOf(providers[0] ?? '')).toEqual(['seed left out'])
    const second = await send({ model, stream, seed: 7 })
    expect(second.status).toBe(200)
    expect(asked[0]).toHaveLength(3)
    expect(second.text).toContain('seed left out')

    await forgetLessons({
      query: { model, provider: providers[0] ?? '' },
      actor: 'test',
      nowMs: Date.now(),
    })
    await send({ model, stream, seed: 7 })
    expect(asked[0]?.map((body) => 'seed' in body)).toEqual([true, false, false, true, false])
  })

  test(`${way}: a provider that names one parameter at a time is asked until it is content`, async () => {
    const { model, asked } = await connect([strictAbout('store', 'seed', 'stream_options')])
    const { status } = await send({ model, stream, seed: 7, store: true })
    expect(status).toBe(200)
    expect(asked[0]).toHaveLength(stream ? 4 : 3)
  })

  for (const path of ['/api/v1/chat/completions', '/api/v1/messages']) {
    test(`${way} at ${path}: a long name of a tool goes out short and comes back whole`, async () => {
      const name = `mcp__harbour_authority__${'tide_'.repeat(14)}at`
      const calls: Behaviour = (body, respond) => {
        answer(body, respond, toolNameIn(body))
      }
      const { model, asked } = await connect([calls])
      const tools = path.endsWith('messages')
        ? [{ name, input_schema: { type: 'object' } }]
        : [{ type: 'function', function: { name, parameters: { type: 'object' } } }]
      const { text } = await send({ model, stream, tools, max_tokens: 9, tool_call_guard: 'retry' }, path)
      const sent = toolNameIn(asked[0]?.[0])
      expect(sent).toMatch(/^mcp__harbour_authority__[\w-]{40}$/)
      expect(text).toContain(`"name":"${name}"`)
      expect(text).not.toContain(sent)
    })
  }
}

test('ids of calls are rewritten for a provider that wants its own form, the result’s with the call’s', async () => {
  const nine = /^[A-Za-z0-9]{9}$/
  const strict: Behaviour = (body, respond) => {
    const ids = [body.messages?.[1]?.tool_calls, body.messages?.[2]].flat() as JsonObject[]
    const [call, result] = [ids[0]?.id, ids[1]?.tool_call_id]
    if (nine.test(String(call)) && call === result) return answer(body, respond)
    const message = `Tool call id was ${call} but must be a-z, A-Z, 0-9, with a length of 9.`
    json(respond, 400, { object: 'error', message, type: 'invalid_function_call', code: '3280' })
  }
  const { model } = await connect([strict])
  const messages = [
    { role: 'user', content: 'tide?' },
    {
      role: 'assistant',
      content: null,
      tool_calls: [
        { id: 'call_Zx81mmQwPq02LkkT', type: 'function', function: { name: 'tide_at', arguments: '{}' } },
      ],
    },
    { role: 'tool', tool_call_id: 'call_Zx81mmQwPq02LkkT', content: '04:10' },
  ]
  expect((await send({ model, messages })).status).toBe(200)
})

test('what the answer depends on is never left out: the endpoint is, and the next one asked', async () => {
  const { model, providers, asked } = await connect([strictAbout('response_format'), lenient])
  const body = { model, provider: { order: providers }, response_format: { type: 'json_object' } }
  const { status } = await send(body)
  expect(status).toBe(200)
  expect(asked.map((bodies) => bodies.length)).toEqual([1, 1])
  expect(await lessonsOf(providers[0] ?? '')).toEqual([])
})

test('with require_parameters nothing is left out, and the next endpoint asked', async () => {
  const { model, providers, asked } = await connect([strictAbout('seed'), lenient])
  const { status } = await send({ model, provider: { order: providers, require_parameters: true }, seed: 7 })
  expect(status).toBe(200)
  expect(asked.map((bodies) => bodies.map(({ seed }) => seed))).toEqual([[7], [7]])
})

test('a mending that did not help is not remembered', async () => {
  const never: Behaviour = (body, respond) =>
    'seed' in body
      ? json(respond, 422, extraForbidden('seed'))
      : json(respond, 500, { error: { message: 'broken' } })
  const { model, providers, asked } = await connect([never])
  expect((await send({ model, seed: 7 })).status).toBe(502)
  expect(asked[0]).toHaveLength(2)
  await send({ model, seed: 7 })
  expect(asked[0]?.map((body) => 'seed' in body)).toEqual([true, false, true, false])
  expect(await lessonsOf(providers[0] ?? '')).toEqual([])
})

test('Claude models that think by an effort alone are asked so', async () => {
  const message = {
    id: 'm',
    type: 'message',
    role: 'assistant',
    model: 'm',
    content: [{ type: 'text', text: 'Hello' }],
    stop_reason: 'end_turn',
    usage: { input_tokens: 3, output_tokens: 1 },
  }
  const words =
    '"thinking.type.enabled" is not supported for this model. Use "thinking.type.adaptive" and "output_config.effort" to control thinking behavior.'
  const byEffort: Behaviour = (body, respond) =>
    (body.thinking as JsonObject | undefined)?.type === 'enabled'
      ? json(respond, 400, { type: 'error', error: { type: 'invalid_request_error', message: words } })
      : json(respond, 200, message)
  const { model, asked } = await connect([byEffort], 'anthropic-messages')
  const { status } = await send({ model, reasoning_effort: 'high' })
  expect(status).toBe(200)
  expect(asked[0]?.[1]).toMatchObject({ thinking: { type: 'adaptive' }, output_config: { effort: 'high' } })
})

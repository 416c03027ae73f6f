import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApiKey } from '../access/manage-keys.server'
import { putEndpoint } from '../catalog/put-endpoint.server'
import { putProvider } from '../catalog/put-provider.server'
import { createDataPlane, type DataPlane } from '../data-plane/data-plane.server'
import { readEnvironment } from '../platform/env.server'
import { type JsonObject, objectOf, objectsOf } from '../platform/json-value'
import { createRecorder, type Recorder } from '../recorder/recorder.server'
import { API_SHAPES, type ApiShape } from '../records/vocabulary'
import type { Answer, Request as HubRequest, OutputPart } from '../shapes/hub'
import { shapeNamed } from '../shapes/registry'
import { streamFromAnswer } from '../shapes/stream-from-answer'
import { createRequestLog, type RequestLog } from './request-log.server'

// OpenAI's own SDK as a client of POST /api/v1/responses, at a provider of each shape on a real socket. The providers
// are written by the shapes themselves; what they say is one call of each tool that they were offered, then a text.

let server: Server
let recorder: Recorder
let requestLog: RequestLog
let dataPlane: DataPlane
let sdk: OpenAI
const asked = new Map<ApiShape, { body: JsonObject; request: HubRequest }[]>(
  API_SHAPES.map((shape) => [shape, []]),
)

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    const shape = API_SHAPES.find((name) => request.url?.startsWith(`/${name}/`)) ?? 'openai-chat'
    const body = objectOf(JSON.parse(text))
    const isStream = body.stream === true || request.url?.includes('streamGenerateContent') === true
    const read = shapeNamed(shape).readRequest(body)
    asked.get(shape)?.push({ body, request: read })
    const answer = answerTo(read)
    const identity = { id: 'up-1', model: 'atlas', providerName: 'Up', createdSeconds: 1 }
    const options = { identity, promptTokens: null, request: {} }
    if (!isStream) {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify(shapeNamed(shape).writeAnswer(answer, options)))
      return
    }
    const writer = shapeNamed(shape).createWriter(options)
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    for (const event of streamFromAnswer(answer)) response.write(writer.write([event]))
    response.end(writer.finish({ costUsd: null, metadata: null }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  for (const apiShape of API_SHAPES) {
    const slug = `at-${apiShape}`
    await putProvider({ slug, body: { name: slug, baseUrl: `${url}/${apiShape}`, apiShape }, actor: 'test' })
    await putEndpoint({
      body: { model: `acme/${apiShape}`, provider: slug },
      actor: 'test',
      nowMs: Date.now(),
    })
  }
  recorder = createRecorder({ databaseUrl: readEnvironment().DATABASE_URL ?? '' })
  requestLog = createRequestLog(recorder)
  dataPlane = createDataPlane({ recorder, requestLog, budget: { silenceMs: 15_000, answerMs: 15_000 } })
  const { key } = await createApiKey({
    name: 'sdk',
    scopes: ['gateway'],
    requestsPerMinute: null,
    actor: 'test',
  })
  sdk = new OpenAI({
    apiKey: key,
    baseURL: 'http://gateway.test/api/v1',
    maxRetries: 0,
    defaultHeaders: { 'x-openrouter-metadata': 'enabled' },
    fetch: async (input, init) =>
      dataPlane.fetch(new Request(input instanceof URL ? input.href : input, init)),
  })
})

afterAll(async () => {
  await requestLog.close()
  await recorder.close()
  server.close()
})

/** A call of each function that is offered, once there is no result yet; then a text. */
function answerTo({ messages, tools }: HubRequest): Answer {
  const isDone = messages.some(({ role }) => role === 'tool')
  const calls = tools.flatMap((tool, index): OutputPart[] => {
    if (tool.type === 'built_in') return []
    const text =
      tool.type === 'custom'
        ? PATCH
        : tool.name.includes('patch')
          ? JSON.stringify({ input: PATCH })
          : '{"id":7}'
    return [
      {
        type: 'tool_call',
        id: `call_${index}`,
        name: tool.name,
        arguments: text,
        isCustom: tool.type === 'custom',
        namespace: tool.namespace,
        thoughtSignature: null,
      },
    ]
  })
  const said: OutputPart[] = [{ type: 'text', text: 'Done.', cacheControl: null, annotations: [] }]
  const isCalling = !isDone && calls.length > 0
  return {
    id: null,
    parts: isCalling ? calls : said,
    finishReason: isCalling ? 'tool_calls' : 'stop',
    nativeFinishReason: null,
    usage: {
      promptTokens: 9,
      cachedTokens: 4,
      cacheWriteTokens: null,
      completionTokens: 3,
      reasoningTokens: 0,
      reportedCostUsd: null,
    },
    serviceTier: null,
    problem: null,
  }
}

const PATCH = '*** Begin Patch\n+ "x"\n*** End Patch'
const schema = { type: 'object', properties: { id: { type: 'number' } }, required: ['id'] }
const tools: OpenAI.Responses.Tool[] = [
  { type: 'function', name: 'read_note', parameters: schema, strict: null },
  {
    type: 'namespace',
    name: 'crm',
    description: 'CRM',
    tools: [{ type: 'function', name: 'find', parameters: schema }],
  },
  { type: 'custom', name: 'apply_patch', description: 'Applies a patch' },
  { type: 'web_search' },
]
const input: OpenAI.Responses.ResponseInputItem[] = [{ role: 'user', content: 'Go.' }]

async function respond(
  model: string,
  isStream: boolean,
  more: Partial<OpenAI.Responses.ResponseCreateParams> = {},
) {
  const body = { model, input, tools, store: false, ...more }
  return isStream
    ? await sdk.responses.stream({ ...body, stream: true }).finalResponse()
    : await sdk.responses.create({ ...body, stream: false })
}

describe.each(API_SHAPES)('at a provider of the shape %s', (apiShape) => {
  const model = `acme/${apiShape}`

  test.each([false, true])(
    'a tool loop with functions, a namespace and a custom tool (streamed: %j)',
    async (isStream) => {
      const first = await respond(model, isStream)
      expect(first).toMatchObject({ object: 'response', status: 'completed', model, store: false })
      expect(first.id).toMatch(/^gen-/)
      expect(first.usage).toMatchObject({ input_tokens: 9, output_tokens: 3, total_tokens: 12 })
      const calls = first.output.filter(({ type }) => type.endsWith('_call'))
      expect(calls).toMatchObject([
        { type: 'function_call', name: 'read_note', arguments: '{"id":7}' },
        { type: 'function_call', name: 'find', namespace: 'crm', arguments: '{"id":7}' },
        { type: 'custom_tool_call', name: 'apply_patch', input: PATCH },
      ])
      const results = objectsOf(calls).map((call): OpenAI.Responses.ResponseInputItem => {
        const result = { call_id: String(call.call_id), output: 'ok' }
        return call.type === 'custom_tool_call'
          ? { type: 'custom_tool_call_output', ...result }
          : { type: 'function_call_output', ...result }
      })
      const history = first.output as OpenAI.Responses.ResponseInputItem[]
      const second = await respond(model, isStream, { input: [...input, ...history, ...results] })
      expect(second.output_text).toBe('Done.')
      const sent = asked.get(apiShape)?.at(-1)?.request
      expect(sent?.messages.filter(({ role }) => role === 'tool')).toHaveLength(3)
    },
  )

  test('a built-in tool goes only to providers of its own shape, and the metadata say so', async () => {
    const answer = objectOf(await respond(model, false))
    const [attempt] = objectsOf(objectOf(answer.openrouter_metadata).attempts)
    const isOwn = apiShape === 'openai-responses'
    const sent = asked.get(apiShape)?.at(-1)
    expect(sent?.request.tools.some(({ type }) => type === 'built_in')).toBe(isOwn)
    if (isOwn) expect(attempt).not.toHaveProperty('amendments')
    else expect(attempt?.amendments).toContainEqual(expect.stringContaining('web_search left out'))
  })

  test('one that is the point of the request is refused by name elsewhere', async () => {
    const call = respond(model, false, { tool_choice: { type: 'web_search_preview' } })
    if (apiShape === 'openai-responses') await expect(call).resolves.toMatchObject({ status: 'completed' })
    else {
      await expect(call).rejects.toMatchObject({
        status: 400,
        param: 'tool_choice',
        message: expect.stringContaining('web_search_preview'),
      })
    }
  })
})

test.each([
  [{ previous_response_id: 'resp_1' }, 'previous_response_id', 'send the earlier items'],
  [{ conversation: 'conv_1' }, 'conversation', 'send the items of the conversation'],
  [{ background: true }, 'background', 'stream: true'],
  [{ input: [{ type: 'item_reference' as const, id: 'msg_1' }] }, 'input.0', 'send the item itself'],
])('what would need a store, or is none of the shape, is a clear 400: %j', async (more, param, message) => {
  await expect(respond('acme/openai-chat', false, more)).rejects.toMatchObject({
    status: 400,
    type: 'invalid_request_error',
    param,
    message: expect.stringContaining(message),
  })
})

test('a model that nobody serves is an error of this shape, also for a stream', async () => {
  for (const isStream of [false, true]) {
    await expect(respond('acme/none', isStream)).rejects.toMatchObject({
      status: 404,
      type: 'not_found_error',
    })
  }
})

import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createApiKey } from '../access/manage-keys.server'
import { putEndpoint } from '../catalog/put-endpoint.server'
import { putProvider } from '../catalog/put-provider.server'
import { putProviderBody } from '../catalog/schema'
import { createDataPlane, type DataPlane } from '../data-plane/data-plane.server'
import { readEnvironment } from '../platform/env.server'
import type { JsonObject } from '../platform/json-value'
import { createSseParser } from '../platform/sse/parse-sse'
import { createRecorder, type Recorder } from '../recorder/recorder.server'
import { createRequestLog, type RequestLog } from './request-log.server'

// Gemini's clients and Gemini providers through the gateway's real parts, with scripted providers on real sockets. What
// the bodies become is tested in lib/shapes; here, that requests find their way there and back.

const WEATHER = {
  functionDeclarations: [
    {
      name: 'get_weather',
      parameters: { type: 'OBJECT', properties: { city: { type: 'STRING' } }, required: ['city'] },
    },
  ],
}
const ASK = { contents: [{ role: 'user', parts: [{ text: 'Weather in Riga?' }] }], tools: [WEATHER] }
const CALL = {
  functionCall: { name: 'get_weather', args: { city: 'Riga', id: 7 } },
  thoughtSignature: 'c2lnLUE=',
}
const geminiAnswer = (parts: unknown[], finishReason?: string) => ({
  candidates: [{ content: { role: 'model', parts }, ...(finishReason ? { finishReason } : {}), index: 0 }],
  usageMetadata: { promptTokenCount: 20, candidatesTokenCount: 5, totalTokenCount: 25 },
  modelVersion: 'gemini-3-flash-001',
  responseId: 'abc',
})
const chatAnswer = {
  choices: [{ index: 0, message: { role: 'assistant', content: 'It rains.' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 9, completion_tokens: 3, total_tokens: 12 },
}

type Asked = { url: string; key: string | undefined; body: JsonObject }

let asked: Asked[] = []
let server: Server
let recorder: Recorder
let requestLog: RequestLog
let dataPlane: DataPlane
let apiKey: string

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    const url = request.url ?? ''
    const { authorization, 'x-goog-api-key': googleKey } = request.headers
    const key = typeof googleKey === 'string' ? googleKey : authorization
    const body = JSON.parse(text) as JsonObject
    asked.push({ url, key, body })
    const events = answersTo(url, body)
    if (!Array.isArray(events)) {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify(events))
      return
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.end(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { DATABASE_URL: databaseUrl = '' } = readEnvironment()
  recorder = createRecorder({ databaseUrl })
  requestLog = createRequestLog(recorder)
  dataPlane = createDataPlane({
    recorder,
    requestLog,
    budget: { silenceMs: 15_000, answerMs: 15_000 },
  })
  const made = await createApiKey({
    name: 'gemini test',
    scopes: ['gateway', 'read'],
    requestsPerMinute: null,
    actor: 'test',
  })
  apiKey = made.key
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await connect('google', { apiShape: 'gemini', baseUrl: root, apiKey: 'upstream-key' })
  await connect('chatty', { apiShape: 'openai-chat', baseUrl: `${root}/v1` })
})

afterAll(async () => {
  await requestLog.close()
  await recorder.close()
  server.close()
})

beforeEach(() => {
  asked = []
})

/** A stream for those who ask for one. */
function answersTo(url: string, body: JsonObject): JsonObject | JsonObject[] {
  if (url.includes(':streamGenerateContent')) {
    return [geminiAnswer([{ text: 'Looking.' }]), geminiAnswer([CALL], 'STOP')]
  }
  if (url.includes(':generateContent')) return geminiAnswer([{ text: 'Looking.' }, CALL], 'STOP')
  if (body.stream !== true) return chatAnswer
  const chunk = (delta: object, finish_reason: string | null) => ({
    choices: [{ index: 0, delta, finish_reason }],
  })
  return [chunk({ content: 'It ' }, null), chunk({ content: 'rains.' }, 'stop')]
}

async function connect(slug: string, over: JsonObject): Promise<void> {
  const provider = `gemini-test-${slug}`
  await putProvider({ slug: provider, body: putProviderBody.parse({ name: slug, ...over }), actor: 'test' })
  await putEndpoint({
    body: { model: `gemini-test/${slug}`, provider, upstreamModel: 'gemini-3-flash' },
    actor: 'test',
    nowMs: Date.now(),
  })
}

function post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response> {
  const request = new Request(`http://gateway.test${path}`, {
    method: 'POST',
    headers: headers ?? { 'x-goog-api-key': apiKey, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return Promise.resolve(dataPlane.fetch(request))
}

const eventsIn = async (response: Response) =>
  createSseParser()
    .push(Buffer.from(await response.text()))
    .flatMap(({ data }) => (data === '[DONE]' ? [] : [JSON.parse(data) as JsonObject]))
const textIn = (chunks: JsonObject[]) =>
  [...JSON.stringify(chunks).matchAll(/"text":"([^"]*)"/g)].map(([, text]) => text).join('')

describe('a Gemini client', () => {
  test.each([
    ['/api/v1beta/models/gemini-test/chatty:generateContent', () => ({ 'x-goog-api-key': apiKey })],
    [
      '/api/v1beta/models/gemini-test%2Fchatty:generateContent',
      () => ({ authorization: `Bearer ${apiKey}` }),
    ],
    ['/api/v1beta/gemini-test/chatty:generateContent/', () => ({ 'x-goog-api-key': apiKey })],
    ['/api/v1/models/gemini-test/chatty:generateContent', () => ({ 'x-goog-api-key': apiKey })],
    ['/api/v1beta/models/gemini-test/chatty:generateContent?key=KEY', () => ({})],
  ])('is answered at %s', async (path, headers) => {
    const response = await post(path.replace('KEY', apiKey), ASK, headers())
    expect(await response.json()).toMatchObject({
      candidates: [{ content: { role: 'model', parts: [{ text: 'It rains.' }] }, finishReason: 'STOP' }],
      usageMetadata: { promptTokenCount: 9, candidatesTokenCount: 3 },
      modelVersion: 'gemini-test/chatty',
      responseId: response.headers.get('x-generation-id'),
    })
    expect(asked[0]?.body).toMatchObject({
      model: 'gemini-3-flash',
      messages: [{ role: 'user', content: 'Weather in Riga?' }],
      tools: [{ function: { name: 'get_weather', parameters: { type: 'object' } } }],
    })
  })

  test('reads a stream as events or as one list', async () => {
    const path = '/api/v1beta/models/gemini-test/chatty:streamGenerateContent'
    const events = await post(`${path}?alt=sse`, ASK)
    expect(events.headers.get('content-type')).toContain('text/event-stream')
    expect(textIn(await eventsIn(events))).toBe('It rains.')
    const list = await post(path, ASK)
    expect(list.headers.get('content-type')).toBe('application/json')
    expect(textIn((await list.json()) as JsonObject[])).toBe('It rains.')
  })

  test('gets what a Gemini provider says as it says it, under our names', async () => {
    const body = { ...ASK, safetySettings: [{ category: 'X', threshold: 'OFF' }], labels: { team_name: 'a' } }
    const path = '/api/v1beta/models/gemini-test/google'
    const whole = await post(`${path}:generateContent`, body)
    const stream = await post(`${path}:streamGenerateContent?alt=sse`, body)
    expect(asked.map(({ url, key }) => [url, key])).toEqual([
      ['/v1beta/models/gemini-3-flash:generateContent', 'upstream-key'],
      ['/v1beta/models/gemini-3-flash:streamGenerateContent?alt=sse', 'upstream-key'],
    ])
    expect(asked.map((one) => one.body)).toEqual([body, body])
    const names = { modelVersion: 'gemini-test/google', responseId: expect.stringMatching(/^gen-/) }
    expect(await whole.json()).toMatchObject({
      ...geminiAnswer([{ text: 'Looking.' }, CALL], 'STOP'),
      ...names,
    })
    expect(await eventsIn(stream)).toMatchObject([
      { ...geminiAnswer([{ text: 'Looking.' }]), ...names },
      { ...geminiAnswer([CALL], 'STOP'), ...names },
    ])
  })

  test.each<[string, string, unknown, number, object]>([
    [
      'a wrong key',
      '/api/v1beta/models/a/b:generateContent?key=sg_wrong',
      ASK,
      401,
      { status: 'UNAUTHENTICATED' },
    ],
    ['an unknown model', '/api/v1beta/models/a/b:generateContent', ASK, 404, { status: 'NOT_FOUND' }],
    [
      'an unknown method',
      '/api/v1beta/models/a/b:fly',
      ASK,
      404,
      { message: 'There is nothing at /api/v1beta/models/a/b:fly.' },
    ],
    [
      'no contents',
      '/api/v1beta/models/gemini-test/google:generateContent',
      {},
      400,
      { message: expect.stringContaining('contents: expected a list of contents') },
    ],
  ])('is told of %s in Google’s form', async (_, path, body, status, error) => {
    const response = await post(path, body, path.includes('key=') ? {} : undefined)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ error: { code: status, ...error } })
  })
})

describe('a Gemini provider', () => {
  test.each([false, true])(
    'serves a chat client, and gets its signature back (streamed: %s)',
    async (stream) => {
      const user = { role: 'user', content: 'Weather in Riga?' }
      const chat = (messages: unknown[]) =>
        post('/api/v1/chat/completions', { model: 'gemini-test/google', messages, stream: false })
      const first = await post('/api/v1/chat/completions', {
        model: 'gemini-test/google',
        messages: [user],
        stream,
      })
      const calls = stream ? callsIn(await eventsIn(first)) : callsIn([(await first.json()) as JsonObject])
      const [call] = calls
      expect(call).toMatchObject({ function: { name: 'get_weather', arguments: '{"city":"Riga","id":7}' } })
      await chat([
        user,
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: call?.id, type: 'function', function: call?.function }],
        },
        { role: 'tool', tool_call_id: call?.id, content: '12 °C' },
      ])
      expect(asked.at(-1)?.body).toMatchObject({
        contents: [
          { role: 'user' },
          { role: 'model', parts: [{ functionCall: { name: 'get_weather' }, thoughtSignature: 'c2lnLUE=' }] },
          {
            role: 'user',
            parts: [{ functionResponse: { name: 'get_weather', response: { output: '12 °C' } } }],
          },
        ],
      })
    },
  )

  test('is recorded with its tokens and its calls', async () => {
    const response = await post('/api/v1beta/models/gemini-test/google:streamGenerateContent?alt=sse', ASK)
    await response.text()
    const id = response.headers.get('x-generation-id') ?? ''
    expect(await generation(id)).toMatchObject({
      data: {
        tokens_prompt: 20,
        tokens_completion: 5,
        finish_reason: 'tool_calls',
      },
    })
  })
})

async function generation(id: string): Promise<unknown> {
  for (let tries = 0; tries < 100; tries += 1) {
    const request = new Request(`http://gateway.test/api/v1/generation?id=${id}`, {
      headers: { authorization: `Bearer ${apiKey}` },
    })
    const response = await dataPlane.fetch(request)
    if (response.status === 200) return response.json()
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return null
}

type Call = { id: string; function: { name: string; arguments: string } }

/** The calls of a whole answer or of a stream's chunks, whose pieces are joined. */
function callsIn(chunks: JsonObject[]): Call[] {
  const calls: Call[] = []
  for (const { choices } of chunks as { choices?: { delta?: JsonObject; message?: JsonObject }[] }[]) {
    for (const { delta, message } of choices ?? []) {
      const pieces = ((delta ?? message)?.tool_calls ?? []) as (Partial<Call> & { index?: number })[]
      for (const [position, piece] of pieces.entries()) {
        const index = piece.index ?? position
        const known = calls[index]
        if (known === undefined)
          calls[index] = { id: piece.id ?? '', function: { name: '', arguments: '', ...piece.function } }
        else known.function.arguments += piece.function?.arguments ?? ''
      }
    }
  }
  return calls
}

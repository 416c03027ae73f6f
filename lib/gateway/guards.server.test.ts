import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { JsonObject } from '../platform/json-value'
import { type ScriptedGateway, startScriptedGateway } from '../testing/scripted-gateway.server'
import type { Script } from '../testing/scripted-providers.server'

// Answers that are not what was asked for, at scripted providers of the chat shape on real sockets.

let gateway: ScriptedGateway
beforeAll(async () => {
  gateway = await startScriptedGateway('guarded')
})
afterAll(() => gateway.close())

const GOOD = '{"city":"Riga"}'
const FENCED = '```json\n{"city":"Riga"}\n```'
const schema = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
  additionalProperties: false,
}
const user = { role: 'user', content: 'Which city?' }
const chatFormat = { type: 'json_schema', json_schema: { name: 'city', strict: true, schema } }

/** A provider that says this text, in two pieces when it streams. */
const saying =
  (text: string): Script =>
  ({ body }, response) => {
    if (body.stream !== true) {
      response.writeHead(200, { 'content-type': 'application/json' })
      const message = { role: 'assistant', content: text }
      return void response.end(JSON.stringify({ choices: [{ index: 0, message, finish_reason: 'stop' }] }))
    }
    const chunk = (content: string, finish_reason: string | null) =>
      `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason }] })}\n\n`
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.end(`${chunk(text.slice(0, 5), null)}${chunk(text.slice(5), 'stop')}data: [DONE]\n\n`)
  }
const refusing =
  (error: object): Script =>
  (_asked, response) => {
    response.writeHead(400, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ error }))
  }
const connect = (...scripts: Script[]) =>
  gateway.connect(scripts.map((script) => ({ shape: 'openai-chat' as const, script })))

/** What asks for this JSON in each client's shape. */
const CLIENTS: [string, (model: string, stream: boolean) => [string, JsonObject]][] = [
  [
    'chat',
    (model, stream) => [
      '/api/v1/chat/completions',
      { model, stream, messages: [user], response_format: chatFormat },
    ],
  ],
  [
    'messages',
    (model, stream) => [
      '/api/v1/messages',
      {
        model,
        stream,
        max_tokens: 99,
        messages: [user],
        output_config: { format: { type: 'json_schema', schema } },
      },
    ],
  ],
  [
    'Responses',
    (model, stream) => [
      '/api/v1/responses',
      {
        model,
        stream,
        input: 'Which city?',
        text: { format: { type: 'json_schema', name: 'city', schema } },
      },
    ],
  ],
  [
    'Gemini',
    (model, stream) => [
      `/api/v1beta/models/${model}:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
      {
        contents: [{ role: 'user', parts: [{ text: 'Which city?' }] }],
        generationConfig: { responseMimeType: 'application/json', responseJsonSchema: schema },
      },
    ],
  ],
]
const CASES = CLIENTS.flatMap(([client, ask]) => [true, false].map((stream) => ({ client, stream, ask })))

describe('an answer that is not the JSON that was asked for', () => {
  test.each(CASES)(
    'is hidden by the next with the guard ($client, streamed: $stream)',
    async ({ ask, stream }) => {
      const { model, provider } = await connect(saying(FENCED), saying('{"town":"Riga"}'), saying(GOOD))
      const [path, body] = ask(model, stream)
      const response = await gateway.post(path, { ...body, provider, structured_output_guard: 'retry' })
      const text = await response.text()
      expect(response.status).toBe(200)
      expect(text).not.toContain('```')
      expect(text).not.toContain('town')
      expect(text).toContain('Riga')
      expect(await gateway.attemptsOf(response)).toMatchObject([
        { errorClass: 'bad_response', structuredOutput: { verdict: 'invalid_json' } },
        { errorClass: 'bad_response', structuredOutput: { verdict: 'schema_mismatch' } },
        { errorClass: null, structuredOutput: { verdict: 'valid', detail: null } },
      ])
    },
  )

  test.each(CASES)(
    'is handed on and recorded without it ($client, streamed: $stream)',
    async ({ ask, stream }) => {
      const { model, provider } = await connect(saying(FENCED), saying(GOOD))
      const [path, body] = ask(model, stream)
      const response = await gateway.post(path, { ...body, provider })
      expect(await response.text()).toContain('```')
      expect(await gateway.attemptsOf(response)).toMatchObject([
        {
          errorClass: null,
          structuredOutput: { verdict: 'invalid_json', detail: expect.stringContaining('Markdown') },
        },
      ])
    },
  )

  test('is an error that says why when nobody answers better', async () => {
    const { model, provider } = await connect(saying('Riga.'), saying(FENCED))
    const body = { model, provider, messages: [user], response_format: chatFormat }
    const response = await gateway.post('/api/v1/chat/completions', {
      ...body,
      structured_output_guard: 'retry',
    })
    expect(response.status).toBe(502)
    expect(await response.json()).toMatchObject({
      error: { message: expect.stringContaining('did not answer in the format that was asked for') },
    })
  })

  test('any text will do where none was asked for', async () => {
    const { model, provider } = await connect(saying('Riga.'))
    const body = { model, provider, messages: [user], structured_output_guard: 'retry' }
    const response = await gateway.post('/api/v1/chat/completions', body)
    expect(response.status).toBe(200)
    await response.text()
    expect(await gateway.attemptsOf(response)).toMatchObject([{ errorClass: null, structuredOutput: null }])
  })

  test('a guard that does not exist is refused by name', async () => {
    const { model } = await connect(saying(GOOD))
    const body = { model, messages: [user], structured_output_guard: 'on' }
    const response = await gateway.post('/api/v1/chat/completions', body)
    expect(response.status).toBe(400)
    expect((await response.json()).error.message).toContain('structured_output_guard: expected off or retry')
  })
})

describe('a refusal that reports a failed generation', () => {
  const tools = [{ type: 'function', function: { name: 'get_city', parameters: schema } }]
  const failed = {
    message:
      "Failed to call a function. Please adjust your prompt. See 'failed_generation' for more details.",
    type: 'invalid_request_error',
    code: 'tool_use_failed',
    failed_generation: '<function=get_city{"town":"Riga"}</function>',
  }
  const inStream: Script = (_asked, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.end(`event: error\ndata: ${JSON.stringify({ error: { ...failed, status_code: 400 } })}\n\n`)
  }

  test.each<[string, boolean, Script, string]>([
    ['as a 400', false, refusing(failed), 'schema_mismatch'],
    ['as a 400, streamed', true, refusing(failed), 'schema_mismatch'],
    ['within a stream', true, inStream, 'invalid_json'],
  ])('of a tool call is the endpoint’s bad call and leads on (%s)', async (_, stream, script, verdict) => {
    const { model, provider } = await connect(script, saying('Riga.'))
    const body = { model, provider, stream, messages: [user], tools }
    const response = await gateway.post('/api/v1/chat/completions', body)
    expect(response.status).toBe(200)
    expect(await response.text()).toContain('iga.')
    // As an answer that ended by its calls, it counts among those that could be checked.
    expect(await gateway.attemptsOf(response)).toMatchObject([
      { errorClass: 'bad_response', finishReason: 'tool_calls', toolCalls: [{ name: 'get_city', verdict }] },
      { errorClass: null },
    ])
  })

  test('of JSON is the endpoint’s bad output', async () => {
    const error = {
      message: 'Failed to generate JSON.',
      code: 'json_validate_failed',
      failed_generation: '{"a',
    }
    const { model, provider } = await connect(refusing(error), saying(GOOD))
    const body = { model, provider, messages: [user], response_format: chatFormat }
    const response = await gateway.post('/api/v1/chat/completions', body)
    expect(response.status).toBe(200)
    await response.text()
    expect(await gateway.attemptsOf(response)).toMatchObject([
      { errorClass: 'bad_response', structuredOutput: { verdict: 'invalid_json' } },
      { errorClass: null, structuredOutput: { verdict: 'valid' } },
    ])
  })
})

import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkToolCalls } from '../../records/check-tool-calls'
import { profilesByProvider } from './schema'
import { type RunningUpstream, startUpstream } from './upstream-server.server'

// The unmodified clients of both shapes are the judges here: what they understand, a gateway's users will.

const model = 'acme/atlas-120b'
const schema = {
  type: 'object' as const,
  required: ['city', 'days'],
  properties: {
    city: { type: 'string' },
    days: { type: 'integer', minimum: 1, maximum: 7 },
    notify: { type: 'array', items: { type: 'string', format: 'email' } },
  },
}
const openaiTools = ['get_weather', 'get_tides'].map((name) => ({
  type: 'function' as const,
  function: { name, parameters: schema },
}))
const anthropicTools = ['get_weather', 'get_tides'].map((name) => ({ name, input_schema: schema }))
const offered = [
  { name: 'get_weather', schema },
  { name: 'get_tides', schema },
]
const question = { role: 'user' as const, content: 'Will it rain in Tarn this week?' }

let upstream: RunningUpstream
let openai: OpenAI
let anthropic: Anthropic
beforeAll(async () => {
  const profiles = profilesByProvider.parse({
    locked: { apiKey: 'sk-secret', models: ['atlas'] },
    paced: { timeToFirstTokenMs: 40, tokensPerSecond: 400, completionTokens: 40 },
    ragged: { raggedWrites: true },
    steady: {},
  })
  upstream = await startUpstream({ port: 0, profiles })
  openai = new OpenAI({ baseURL: `${upstream.url}/steady/v1`, apiKey: 'any', maxRetries: 0 })
  // This client adds /v1 itself, the gateway does not.
  anthropic = new Anthropic({ baseURL: `${upstream.url}/steady`, apiKey: 'any', maxRetries: 0 })
})
afterAll(() => upstream.close())

test('answers the openai client in words, with usage and a fingerprint', async () => {
  const answer = await openai.chat.completions.create({ model, messages: [question] })
  expect(answer.choices[0]?.message.content?.length).toBeGreaterThan(20)
  expect(answer.choices[0]?.finish_reason).toBe('stop')
  expect(answer.model).toBe(model)
  expect(answer.id).toMatch(/^chatcmpl-[a-z0-9]{24}$/)
  expect(answer.system_fingerprint).toMatch(/^fp_/)
  const { prompt_tokens, completion_tokens, total_tokens } = answer.usage ?? {}
  expect(total_tokens).toBe((prompt_tokens ?? 0) + (completion_tokens ?? 0))
  expect(prompt_tokens).toBeGreaterThan(10)
})

test('answers the openai client with tool calls that satisfy their schemas, then in words', async () => {
  const messages: OpenAI.ChatCompletionMessageParam[] = [question]
  const first = await openai.chat.completions.create({ model, messages, tools: openaiTools })
  const message = first.choices[0]?.message
  if (!message) throw new Error('no message came')
  expect(first.choices[0]?.finish_reason).toBe('tool_calls')
  expect(message.content).toBeNull()
  const calls = (message.tool_calls ?? []).flatMap((call) =>
    call.type === 'function' ? [call.function] : [],
  )
  expect(calls.length).toBeGreaterThan(0)
  expect(new Set(checkToolCalls(calls, offered).map(({ verdict }) => verdict))).toEqual(new Set(['valid']))
  const results = (message.tool_calls ?? []).map((call) => ({
    role: 'tool' as const,
    tool_call_id: call.id,
    content: '{"rain_mm": 12}',
  }))
  const last = await openai.chat.completions.create({
    model,
    messages: [...messages, message, ...results],
    tools: openaiTools,
  })
  expect(last.choices[0]?.finish_reason).toBe('stop')
  expect(last.choices[0]?.message.content).toBeTruthy()
})

test.each(['steady', 'paced', 'ragged'])(
  'streams pieces that add up, from a %s provider',
  async (provider) => {
    const client = new OpenAI({ baseURL: `${upstream.url}/${provider}/v1`, apiKey: 'any', maxRetries: 0 })
    const startedAtMs = performance.now()
    const stream = client.chat.completions.stream({
      model,
      messages: [question],
      tools: openaiTools,
      stream_options: { include_usage: true },
    })
    let chunks = 0
    let argumentPieces = 0
    for await (const chunk of stream) {
      chunks += 1
      if (chunk.choices[0]?.delta.tool_calls?.[0]?.function?.arguments) argumentPieces += 1
    }
    const completion = await stream.finalChatCompletion()
    const calls = completion.choices[0]?.message.tool_calls ?? []
    expect(chunks).toBeGreaterThan(4)
    expect(argumentPieces).toBeGreaterThan(calls.length)
    expect(completion.usage?.completion_tokens).toBeGreaterThan(10)
    for (const call of calls) {
      if (call.type !== 'function') throw new Error('not a function call')
      expect(checkToolCalls([call.function], offered)[0]?.verdict).toBe('valid')
    }
    if (provider === 'paced') expect(performance.now() - startedAtMs).toBeGreaterThan(60)
  },
)

test('leaves the usage out of a stream unless it is asked for', async () => {
  const stream = await openai.chat.completions.create({ model, messages: [question], stream: true })
  for await (const chunk of stream) expect(chunk.usage).toBeUndefined()
})

test.each([
  ['none', 'stop', 0],
  ['required', 'tool_calls', 1],
] as const)('honours tool_choice %s', async (choice, finish, calls) => {
  const answer = await openai.chat.completions.create({
    model,
    messages: [question],
    tools: openaiTools,
    tool_choice: choice,
    parallel_tool_calls: false,
  })
  expect(answer.choices[0]?.finish_reason).toBe(finish)
  expect(answer.choices[0]?.message.tool_calls ?? []).toHaveLength(calls)
})

test('calls the very tool that is asked for, in both shapes', async () => {
  const viaOpenai = await openai.chat.completions.create({
    model,
    messages: [question],
    tools: openaiTools,
    tool_choice: { type: 'function', function: { name: 'get_tides' } },
  })
  expect(viaOpenai.choices[0]?.message.tool_calls).toMatchObject([{ function: { name: 'get_tides' } }])
  const viaAnthropic = await anthropic.messages.create({
    model,
    max_tokens: 500,
    messages: [question],
    tools: anthropicTools,
    tool_choice: { type: 'tool', name: 'get_tides' },
  })
  expect(viaAnthropic.content).toMatchObject([{ type: 'tool_use', name: 'get_tides' }])
})

test('answers the anthropic client in words and with tools, and takes the results back', async () => {
  const words = await anthropic.messages.create({ model, max_tokens: 500, messages: [question] })
  expect(words).toMatchObject({ type: 'message', role: 'assistant', stop_reason: 'end_turn' })
  expect(words.usage.output_tokens).toBeGreaterThan(5)
  const calling = await anthropic.messages.create({
    model,
    max_tokens: 500,
    messages: [question],
    tools: anthropicTools,
  })
  expect(calling.stop_reason).toBe('tool_use')
  const uses = calling.content.filter((block) => block.type === 'tool_use')
  const calls = uses.map(({ name, input }) => ({ name, arguments: JSON.stringify(input) }))
  expect(new Set(checkToolCalls(calls, offered).map(({ verdict }) => verdict))).toEqual(new Set(['valid']))
  const last = await anthropic.messages.create({
    model,
    max_tokens: 500,
    messages: [
      question,
      { role: 'assistant', content: calling.content },
      {
        role: 'user',
        content: uses.map(({ id }) => ({ type: 'tool_result', tool_use_id: id, content: '12 mm' })),
      },
    ],
    tools: anthropicTools,
  })
  expect(last.stop_reason).toBe('end_turn')
})

test('streams to the anthropic client: thoughts, then calls, in its own event sequence', async () => {
  const stream = anthropic.messages.stream({
    model,
    max_tokens: 5000,
    messages: [question],
    tools: anthropicTools,
    thinking: { type: 'enabled', budget_tokens: 2000 },
  })
  const events: string[] = []
  stream.on('streamEvent', ({ type }) => events.push(type))
  const message = await stream.finalMessage()
  expect(events[0]).toBe('message_start')
  expect(events.at(-2)).toBe('message_delta')
  expect(events.at(-1)).toBe('message_stop')
  expect(events.filter((type) => type === 'content_block_start')).toHaveLength(message.content.length)
  expect(message.content[0]).toMatchObject({ type: 'thinking' })
  const calls = message.content.flatMap((block) =>
    block.type === 'tool_use' ? [{ name: block.name, arguments: JSON.stringify(block.input) }] : [],
  )
  expect(calls.length).toBeGreaterThan(0)
  expect(checkToolCalls(calls, offered).every(({ verdict }) => verdict === 'valid')).toBe(true)
  expect(message.stop_reason).toBe('tool_use')
})

test('stops at the token limit and says so in the words of each shape', async () => {
  const viaOpenai = await openai.chat.completions.create({ model, messages: [question], max_tokens: 3 })
  expect(viaOpenai.choices[0]?.finish_reason).toBe('length')
  expect(viaOpenai.usage?.completion_tokens).toBeLessThanOrEqual(3)
  const viaAnthropic = await anthropic.messages.create({ model, messages: [question], max_tokens: 3 })
  expect(viaAnthropic.stop_reason).toBe('max_tokens')
})

test('counts thoughts within the completion and the earlier turns of a long talk as cached', async () => {
  const history = Array.from({ length: 20 }, (_, turn) => ({
    role: turn % 2 === 0 ? ('user' as const) : ('assistant' as const),
    content: 'The parcel left the warehouse and should arrive within two days. '.repeat(10),
  }))
  const usages = []
  for (let turn = 0; turn < 8; turn += 1) {
    const answer = await openai.chat.completions.create({
      model,
      messages: [...history, question],
      reasoning_effort: 'high',
    })
    usages.push(answer.usage)
  }
  for (const usage of usages) {
    expect(usage?.completion_tokens_details?.reasoning_tokens).toBeGreaterThan(0)
    expect(usage?.completion_tokens_details?.reasoning_tokens).toBeLessThan(usage?.completion_tokens ?? 0)
  }
  const cached = usages.map((usage) => usage?.prompt_tokens_details?.cached_tokens ?? 0)
  expect(cached.filter((tokens) => tokens > 1000).length).toBeGreaterThan(5)
})

test('writes JSON of the schema that response_format asks for', async () => {
  const answer = await openai.chat.completions.create({
    model,
    messages: [question],
    response_format: { type: 'json_schema', json_schema: { name: 'forecast', schema } },
  })
  const text = answer.choices[0]?.message.content ?? ''
  expect(checkToolCalls([{ name: 'get_weather', arguments: text }], offered)[0]?.verdict).toBe('valid')
})

test('wants its key, in either header, and knows its models', async () => {
  const lockedUrl = `${upstream.url}/locked/v1`
  const wrong = new OpenAI({ baseURL: lockedUrl, apiKey: 'sk-wrong', maxRetries: 0 })
  await expect(wrong.models.list()).rejects.toMatchObject({ status: 401, code: 'invalid_api_key' })
  const messages = [question]
  await expect(wrong.chat.completions.create({ model: 'atlas', messages })).rejects.toMatchObject({
    status: 401,
  })
  const right = new OpenAI({ baseURL: lockedUrl, apiKey: 'sk-secret', maxRetries: 0 })
  expect((await right.models.list()).data.map(({ id }) => id)).toEqual(['atlas'])
  await expect(right.chat.completions.create({ model: 'other', messages })).rejects.toMatchObject({
    status: 404,
    code: 'model_not_found',
  })
  const byHeader = new Anthropic({ baseURL: `${upstream.url}/locked`, apiKey: 'sk-secret', maxRetries: 0 })
  const answer = await byHeader.messages.create({ model: 'atlas', max_tokens: 9, messages })
  expect(answer.type).toBe('message')
})

test.each([
  ['no messages', { messages: [] }, /expected at least one message/],
  [
    'a tool result out of nowhere',
    { messages: [{ role: 'tool', tool_call_id: 'x', content: '' }] },
    /role 'tool'/,
  ],
  [
    'tool_choice without tools',
    { messages: [question], tool_choice: 'required' },
    /'tool_choice' is only allowed/,
  ],
  [
    'a tool without a name',
    { messages: [question], tools: [{ type: 'function', function: {} }] },
    /tools\.\[0\]/,
  ],
  ['no model', { model: undefined, messages: [question] }, /model/],
])('refuses %s as OpenAI does', async (_, body, message) => {
  const response = await fetch(`${upstream.url}/steady/v1/chat/completions`, {
    method: 'POST',
    body: JSON.stringify({ model, ...body }),
  })
  expect(response.status).toBe(400)
  const { error } = await response.json()
  expect(error).toMatchObject({ type: 'invalid_request_error', message: expect.stringMatching(message) })
})

test.each([
  ['no max_tokens', { messages: [question] }, /max_tokens/],
  [
    'a conversation that the assistant begins',
    { max_tokens: 5, messages: [{ role: 'assistant', content: 'hi' }] },
    /first message/,
  ],
  [
    'a system message among the messages',
    { max_tokens: 5, messages: [{ role: 'system', content: 'hi' }] },
    /user or assistant/,
  ],
  [
    'a call that is never answered',
    {
      max_tokens: 5,
      messages: [
        question,
        { role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_1', name: 'a', input: {} }] },
        question,
      ],
    },
    /toolu_1/,
  ],
])('refuses %s as Anthropic does', async (_, body, message) => {
  const response = await fetch(`${upstream.url}/steady/v1/messages`, {
    method: 'POST',
    headers: { 'anthropic-version': '2023-06-01' },
    body: JSON.stringify({ model, ...body }),
  })
  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({
    type: 'error',
    error: { type: 'invalid_request_error', message: expect.stringMatching(message) },
  })
})

test('takes a prompt of twenty megabytes and refuses what is not JSON', async () => {
  const long = { role: 'user' as const, content: 'é'.repeat(10_000_000) }
  const answer = await openai.chat.completions.create({ model, messages: [long] })
  expect(answer.usage?.prompt_tokens).toBeGreaterThan(5_000_000)
  const broken = await fetch(`${upstream.url}/steady/v1/chat/completions`, {
    method: 'POST',
    body: '{"model":',
  })
  expect(broken.status).toBe(400)
  expect((await broken.json()).error.message).toMatch(/parse the JSON/)
})

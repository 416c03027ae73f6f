import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import Anthropic from '@anthropic-ai/sdk'
import { OpenRouter } from '@openrouter/sdk'
import type * as openrouter from '@openrouter/sdk/models'
import * as openrouterErrors from '@openrouter/sdk/models/errors'
import { type APIRequestContext, expect, test } from '@playwright/test'
import { APICallError, generateText, jsonSchema, stepCountIs, streamText, tool } from 'ai'
import OpenAI from 'openai'
import { ownModel, rankingOf } from '../own-model'
import { SERVER } from '../server-under-test'
import {
  connect,
  createGatewayKey,
  ownName,
  type SimulatedUpstream,
  startSimulatedUpstream,
} from '../simulated-upstream'

// The unmodified clients are the judges: what they understand, everybody's programs will.

const OPENAI_BASE_URL = `${SERVER.url}/api/v1`
/** This client adds /v1/messages itself. */
const ANTHROPIC_BASE_URL = `${SERVER.url}/api`

const QUESTION = 'Will it rain in Tarn this week?'
const DESCRIPTION = 'Forecast of a city for some days.'
const SCHEMA = {
  type: 'object' as const,
  properties: { city: { type: 'string', minLength: 2 }, days: { type: 'integer', minimum: 1, maximum: 7 } },
  required: ['city', 'days'],
  additionalProperties: false,
}
const FORECAST = 'Rain on Tuesday, 12 mm.'

/** Tokens as the client was told, over a whole loop. */
type Usage = { promptTokens: number; completionTokens: number }
/** What a loop of question, tool call, result and answer came to. */
type Loop = { text: string; calls: { name: string; input: unknown }[]; usage: Usage[] }
type Run = { model: string; key: string; isStream: boolean }

function expectWholeLoop({ text, calls, usage }: Loop): void {
  expect(text.length).toBeGreaterThan(20)
  expect(calls.length).toBeGreaterThan(0)
  for (const { name, input } of calls) {
    expect(name).toBe('get_forecast')
    expect(Object.keys(Object(input)).sort()).toEqual(['city', 'days'])
    expect(input).toEqual({ city: expect.any(String), days: expect.any(Number) })
  }
  expect(usage).toHaveLength(2)
  for (const { promptTokens, completionTokens } of usage) {
    expect(promptTokens).toBeGreaterThan(10)
    expect(completionTokens).toBeGreaterThan(5)
  }
}

async function runOpenai({ model, key, isStream }: Run): Promise<Loop> {
  const client = new OpenAI({ baseURL: OPENAI_BASE_URL, apiKey: key, maxRetries: 0 })
  const calls: Loop['calls'] = []
  const definition = {
    type: 'function' as const,
    function: {
      name: 'get_forecast',
      description: DESCRIPTION,
      parameters: SCHEMA,
      parse: (text: string): object => JSON.parse(text),
      function: (input: object) => {
        calls.push({ name: 'get_forecast', input })
        return FORECAST
      },
    },
  }
  const body = { model, messages: [{ role: 'user' as const, content: QUESTION }], tools: [definition] }
  const runner = isStream
    ? client.chat.completions.runTools({ ...body, stream: true, stream_options: { include_usage: true } })
    : client.chat.completions.runTools(body)
  const text = (await runner.finalContent()) ?? ''
  const completions = runner.allChatCompletions()
  expect(completions.map(({ choices }) => choices[0]?.finish_reason)).toEqual(['tool_calls', 'stop'])
  expect(completions.map((completion) => completion.model)).toEqual([model, model])
  const usage = completions.map((completion) => ({
    promptTokens: completion.usage?.prompt_tokens ?? 0,
    completionTokens: completion.usage?.completion_tokens ?? 0,
  }))
  return { text, calls, usage }
}

async function runAnthropic({ model, key, isStream }: Run): Promise<Loop> {
  const client = new Anthropic({ baseURL: ANTHROPIC_BASE_URL, apiKey: key, maxRetries: 0 })
  const messages: Anthropic.MessageParam[] = [{ role: 'user', content: QUESTION }]
  const tools = [
    {
      name: 'get_forecast',
      description: DESCRIPTION,
      input_schema: SCHEMA,
    },
  ]
  const ask = () => {
    const body = { model, max_tokens: 1000, system: 'Answer in words.', messages, tools }
    return isStream ? client.messages.stream(body).finalMessage() : client.messages.create(body)
  }
  const first = await ask()
  expect(first.stop_reason).toBe('tool_use')
  const uses = first.content.filter((block) => block.type === 'tool_use')
  messages.push({ role: 'assistant', content: first.content })
  messages.push({
    role: 'user',
    content: uses.map(({ id }) => ({ type: 'tool_result', tool_use_id: id, content: FORECAST })),
  })
  const last = await ask()
  expect(last.stop_reason).toBe('end_turn')
  expect(last.model).toBe(model)
  return {
    text: last.content.map((block) => (block.type === 'text' ? block.text : '')).join(''),
    calls: uses.map(({ name, input }) => ({ name, input })),
    usage: [first, last].map(({ usage }) => ({
      promptTokens:
        usage.input_tokens + (usage.cache_read_input_tokens ?? 0) + (usage.cache_creation_input_tokens ?? 0),
      completionTokens: usage.output_tokens,
    })),
  }
}

async function runOpenrouter({ model, key, isStream }: Run): Promise<Loop> {
  const client = new OpenRouter({
    apiKey: key,
    serverURL: OPENAI_BASE_URL,
    retryConfig: { strategy: 'none' },
  })
  const messages: openrouter.ChatMessages[] = [{ role: 'user', content: QUESTION }]
  const tools = [
    {
      type: 'function' as const,
      function: { name: 'get_forecast', description: DESCRIPTION, parameters: SCHEMA },
    },
  ]
  const ask = async () => {
    const chatRequest = { model, messages, tools }
    const xOpenRouterMetadata = 'enabled' as const
    if (isStream) {
      const stream = await client.chat.send({
        xOpenRouterMetadata,
        chatRequest: { ...chatRequest, stream: true },
      })
      if ('choices' in stream) throw new Error('the client was given a whole answer for a stream')
      return collectChunks(stream)
    }
    const answer = await client.chat.send({
      xOpenRouterMetadata,
      chatRequest: { ...chatRequest, stream: false },
    })
    if (!('choices' in answer)) throw new Error('the client was given a stream for a whole answer')
    const [choice] = answer.choices
    const { usage, openrouterMetadata } = answer
    return { message: choice?.message, finishReason: choice?.finishReason, usage, openrouterMetadata }
  }
  const first = await ask()
  expect(first.finishReason).toBe('tool_calls')
  expect(first.openrouterMetadata?.attempts).toHaveLength(1)
  const calls = first.message?.toolCalls ?? []
  messages.push({ role: 'assistant', content: null, toolCalls: calls })
  for (const { id } of calls) messages.push({ role: 'tool', toolCallId: id, content: FORECAST })
  const last = await ask()
  expect(last.finishReason).toBe('stop')
  return {
    text: typeof last.message?.content === 'string' ? last.message.content : '',
    calls: calls.map((call) => ({ name: call.function.name, input: JSON.parse(call.function.arguments) })),
    usage: [first, last].map(({ usage }) => ({
      promptTokens: usage?.promptTokens ?? 0,
      completionTokens: usage?.completionTokens ?? 0,
    })),
  }
}

/** Puts the chunks of this client together, which leaves that to its users. */
async function collectChunks(stream: AsyncIterable<openrouter.ChatStreamChunk>) {
  let content = ''
  let finishReason: string | null = null
  let usage: openrouter.ChatUsage | undefined
  let openrouterMetadata: openrouter.OpenRouterMetadata | undefined
  const toolCalls: openrouter.ChatToolCall[] = []
  for await (const chunk of stream) {
    usage = chunk.usage ?? usage
    openrouterMetadata = chunk.openrouterMetadata ?? openrouterMetadata
    const [choice] = chunk.choices
    if (!choice) continue
    content += choice.delta.content ?? ''
    finishReason = choice.finishReason ?? finishReason
    for (const piece of choice.delta.toolCalls ?? []) {
      const call = toolCalls[piece.index] ?? {
        id: '',
        type: 'function',
        function: { name: '', arguments: '' },
      }
      toolCalls[piece.index] = call
      call.id ||= piece.id ?? ''
      call.function.name ||= piece.function?.name ?? ''
      call.function.arguments += piece.function?.arguments ?? ''
    }
  }
  return { message: { content, toolCalls }, finishReason, usage, openrouterMetadata }
}

async function runAiSdk({ model, key, isStream }: Run): Promise<Loop> {
  const provider = createOpenAICompatible({
    name: 'sightglass',
    baseURL: OPENAI_BASE_URL,
    apiKey: key,
    includeUsage: true,
  })
  const calls: Loop['calls'] = []
  const call = {
    model: provider(model),
    prompt: QUESTION,
    maxRetries: 0,
    stopWhen: stepCountIs(3),
    tools: {
      get_forecast: tool({
        description: DESCRIPTION,
        inputSchema: jsonSchema<{ city: string; days: number }>({
          ...SCHEMA,
          required: [...SCHEMA.required],
        }),
        execute: async (input) => {
          calls.push({ name: 'get_forecast', input })
          return FORECAST
        },
      }),
    },
  }
  const result = isStream ? streamText(call) : await generateText(call)
  const steps = await result.steps
  expect(steps.map(({ finishReason }) => finishReason)).toEqual(['tool-calls', 'stop'])
  return {
    text: await result.text,
    calls,
    usage: steps.map(({ usage }) => ({
      promptTokens: usage.inputTokens ?? 0,
      completionTokens: usage.outputTokens ?? 0,
    })),
  }
}

const CLIENTS = {
  openai: runOpenai,
  '@anthropic-ai/sdk': runAnthropic,
  '@openrouter/sdk': runOpenrouter,
  'ai with @ai-sdk/openai-compatible': runAiSdk,
} as const
type Client = keyof typeof CLIENTS
const CLIENT_NAMES = Object.keys(CLIENTS) as Client[]

let upstream: SimulatedUpstream
test.beforeAll(async () => {
  upstream = await startSimulatedUpstream()
})
test.afterAll(() => upstream.stop())

for (const apiShape of ['openai', 'anthropic'] as const) {
  test.describe(`an upstream that speaks ${apiShape}`, () => {
    for (const client of CLIENT_NAMES) {
      for (const isStream of [false, true]) {
        test(`serves ${client} a tool loop, ${isStream ? 'streaming' : 'whole'}`, async ({ request }) => {
          const model = ownModel()
          const provider = ownName('steady')
          await upstream.behave(provider, { raggedWrites: true, tokensPerSecond: 2000 })
          await connect(request, { provider, model, upstreamUrl: upstream.url, apiShape })
          const { key } = await createGatewayKey(request)
          const loop = await CLIENTS[client]({ model, key, isStream })
          expectWholeLoop(loop)
          expect((await upstream.stats(provider)).requests).toBe(2)
          await expectRecorded({ request, model, usage: loop.usage })
        })
      }
    }
  })
}

/** What was recorded is what the client was told. */
async function expectRecorded({
  request,
  model,
  usage,
}: {
  request: APIRequestContext
  model: string
  usage: readonly Usage[]
}): Promise<void> {
  const sum = (field: keyof Usage) => usage.reduce((total, one) => total + one[field], 0)
  await expect
    .poll(() => rankingOf(request, model))
    .toEqual({ requests: 2, promptTokens: sum('promptTokens'), completionTokens: sum('completionTokens') })
}

test.describe('errors', () => {
  /** Asks once with each client and gives back what it throws. */
  const ASK: Record<Client, (run: Omit<Run, 'isStream'>) => Promise<unknown>> = {
    openai: ({ model, key }) =>
      new OpenAI({ baseURL: OPENAI_BASE_URL, apiKey: key, maxRetries: 0 }).chat.completions.create({
        model,
        messages: [{ role: 'user', content: QUESTION }],
      }),
    '@anthropic-ai/sdk': ({ model, key }) =>
      new Anthropic({ baseURL: ANTHROPIC_BASE_URL, apiKey: key, maxRetries: 0 }).messages.create({
        model,
        max_tokens: 100,
        messages: [{ role: 'user', content: QUESTION }],
      }),
    '@openrouter/sdk': ({ model, key }) =>
      new OpenRouter({
        apiKey: key,
        serverURL: OPENAI_BASE_URL,
        retryConfig: { strategy: 'none' },
      }).chat.send({
        chatRequest: { model, messages: [{ role: 'user', content: QUESTION }] },
      }),
    'ai with @ai-sdk/openai-compatible': ({ model, key }) =>
      generateText({
        model: createOpenAICompatible({ name: 'sightglass', baseURL: OPENAI_BASE_URL, apiKey: key })(model),
        prompt: QUESTION,
        maxRetries: 0,
      }),
  }
  const TYPED = {
    openai: { 401: OpenAI.AuthenticationError, 404: OpenAI.NotFoundError, 429: OpenAI.RateLimitError },
    '@anthropic-ai/sdk': {
      401: Anthropic.AuthenticationError,
      404: Anthropic.NotFoundError,
      429: Anthropic.RateLimitError,
    },
    '@openrouter/sdk': {
      401: openrouterErrors.UnauthorizedResponseError,
      404: openrouterErrors.NotFoundResponseError,
      429: openrouterErrors.TooManyRequestsResponseError,
    },
    'ai with @ai-sdk/openai-compatible': { 401: APICallError, 404: APICallError, 429: APICallError },
  } as const

  for (const client of CLIENT_NAMES) {
    const failure = async (run: Omit<Run, 'isStream'>, status: 401 | 404 | 429): Promise<Error> => {
      const error = await ASK[client](run).then(
        () => null,
        (thrown: unknown) => thrown,
      )
      expect(error).toBeInstanceOf(TYPED[client][status])
      expect(error).toMatchObject(
        client === 'openai' || client === '@anthropic-ai/sdk' ? { status } : { statusCode: status },
      )
      return error as Error
    }

    test(`${client} is told of a wrong key`, async () => {
      await failure({ model: ownModel(), key: 'sg_wrong' }, 401)
    })

    test(`${client} is told which rule left no endpoint`, async ({ request }) => {
      const model = ownModel()
      const provider = ownName('steady')
      await connect(request, { provider, model, upstreamUrl: upstream.url, contextLength: 4 })
      const { key } = await createGatewayKey(request)
      const { message } = await failure({ model, key }, 404)
      expect(message).toContain(provider)
      expect(message).toMatch(/context/i)
    })

    test(`${client} is told to wait`, async ({ request }) => {
      const model = ownModel()
      await connect(request, { provider: ownName('steady'), model, upstreamUrl: upstream.url })
      const { key } = await createGatewayKey(request, { requestsPerMinute: 1 })
      await ASK[client]({ model, key })
      const error = await failure({ model, key }, 429)
      const seconds = Number(headerOf(error, 'retry-after'))
      expect(seconds).toBeGreaterThan(0)
      expect(seconds).toBeLessThanOrEqual(60)
    })
  }
})

/** A response header by each client's own way of keeping it. */
function headerOf(error: Error, name: string): string | null | undefined {
  if ('responseHeaders' in error) return Object(error.responseHeaders)[name]
  if ('headers' in error && error.headers instanceof Headers) return error.headers.get(name)
  return null
}

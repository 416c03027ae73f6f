import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import Anthropic from '@anthropic-ai/sdk'
import { OpenRouter } from '@openrouter/sdk'
import * as openrouterErrors from '@openrouter/sdk/models/errors'
import { expect, test } from '@playwright/test'
import { APICallError, generateText, streamText } from 'ai'
import OpenAI from 'openai'
import { ownModel } from '../own-model'
import {
  connect,
  createGatewayKey,
  ownName,
  type SimulatedUpstream,
  startSimulatedUpstream,
  tidyUp,
} from '../simulated-upstream'
import {
  ANTHROPIC_BASE_URL,
  CLIENT_NAMES,
  type Client,
  OPENAI_BASE_URL,
  QUESTION,
  type Run,
} from '../tool-loops'

let upstream: SimulatedUpstream
test.beforeAll(async () => {
  upstream = await startSimulatedUpstream()
})
test.afterAll(async ({ request }) => {
  await tidyUp(request)
  await upstream.stop()
})

const messages = [{ role: 'user' as const, content: QUESTION }]

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

/** Reads a stream to its end with each client; gives back the text that came and the error that ended it. */
const READ: Record<Client, (run: Omit<Run, 'isStream'>) => Promise<Broken>> = {
  openai: async ({ model, key }) => {
    const client = new OpenAI({ baseURL: OPENAI_BASE_URL, apiKey: key, maxRetries: 0 })
    const stream = await client.chat.completions.create({ model, messages, stream: true })
    return readBroken(stream, (chunk) => ({ text: chunk.choices[0]?.delta.content ?? '' }))
  },
  '@anthropic-ai/sdk': async ({ model, key }) => {
    const client = new Anthropic({ baseURL: ANTHROPIC_BASE_URL, apiKey: key, maxRetries: 0 })
    const stream = await client.messages.create({ model, max_tokens: 1000, messages, stream: true })
    return readBroken(stream, (event) => ({
      text: event.type === 'content_block_delta' && event.delta.type === 'text_delta' ? event.delta.text : '',
    }))
  },
  '@openrouter/sdk': async ({ model, key }) => {
    const client = new OpenRouter({
      apiKey: key,
      serverURL: OPENAI_BASE_URL,
      retryConfig: { strategy: 'none' },
    })
    const stream = await client.chat.send({ chatRequest: { model, messages, stream: true } })
    if ('choices' in stream) throw new Error('the client was given a whole answer for a stream')
    // This client hands the error on as a part of its chunk.
    return readBroken(stream, ({ choices, error }) => ({
      text: choices[0]?.delta.content ?? '',
      error: error ? new Error(error.message) : undefined,
    }))
  },
  'ai with @ai-sdk/openai-compatible': ({ model, key }) => {
    const provider = createOpenAICompatible({ name: 'sightglass', baseURL: OPENAI_BASE_URL, apiKey: key })
    const { fullStream } = streamText({
      model: provider(model),
      messages,
      maxRetries: 0,
      onError: () => {},
    })
    return readBroken(fullStream, (part) => ({
      text: part.type === 'text-delta' ? part.text : '',
      error: part.type === 'error' ? part.error : undefined,
    }))
  },
}

for (const client of CLIENT_NAMES) {
  test(`${client} gets the text that came before a stream broke, and then the error`, async ({ request }) => {
    const model = ownModel()
    const provider = ownName('cut')
    await upstream.behave(provider, {
      completionTokens: 80,
      tokensPerSecond: 2000,
      faults: { cut_stream: 1 },
    })
    await connect(request, { provider, model, upstreamUrl: upstream.url })
    const { key } = await createGatewayKey(request)
    const { text, error } = await READ[client]({ model, key })
    expect(text.length).toBeGreaterThan(20)
    expect(String(Object(error).message)).toContain(`${provider}: the connection broke off`)
  })

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

type Broken = { text: string; error: unknown }

async function readBroken<T>(
  stream: AsyncIterable<T>,
  read: (piece: T) => { text: string; error?: unknown },
): Promise<Broken> {
  let text = ''
  try {
    for await (const piece of stream) {
      const { text: more, error } = read(piece)
      text += more
      if (error !== undefined) return { text, error }
    }
  } catch (error) {
    return { text, error }
  }
  return { text, error: null }
}

/** A response header by each client's own way of keeping it. */
function headerOf(error: Error, name: string): string | null | undefined {
  if ('responseHeaders' in error) return Object(error.responseHeaders)[name]
  if ('headers' in error && error.headers instanceof Headers) return error.headers.get(name)
  return null
}

import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import Anthropic from '@anthropic-ai/sdk'
import { OpenRouter } from '@openrouter/sdk'
import * as openrouterErrors from '@openrouter/sdk/models/errors'
import { type APIRequestContext, expect, test } from '@playwright/test'
import { APICallError, generateText } from 'ai'
import OpenAI from 'openai'
import { ownModel, rankingOf } from '../own-model'
import {
  connect,
  createGatewayKey,
  ownName,
  type SimulatedUpstream,
  startSimulatedUpstream,
} from '../simulated-upstream'
import {
  ANTHROPIC_BASE_URL,
  CLIENT_NAMES,
  CLIENTS,
  type Client,
  type Loop,
  OPENAI_BASE_URL,
  QUESTION,
  type Run,
  type Usage,
} from '../tool-loops'

// The unmodified clients are the judges: what they understand, everybody's programs will.

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

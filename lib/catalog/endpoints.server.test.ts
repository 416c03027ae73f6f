import { beforeAll, describe, expect, test } from 'vitest'
import { db } from '../platform/db.server'
import { listEndpoints } from './list-endpoints.server'
import { putEndpoint } from './put-endpoint.server'
import { putProvider } from './put-provider.server'
import { type PutEndpointBody, putEndpointBody } from './schema'
import { suggestForProvider } from './suggest-endpoint.server'

const nowMs = Date.now()
let made = 0

function freshModel(): string {
  made += 1
  return `acme/atlas-${made}`
}

async function put(body: PutEndpointBody) {
  return (await putEndpoint({ body: putEndpointBody.parse(body), actor: 'test', nowMs })).data
}

const list = async (query: Parameters<typeof listEndpoints>[0]) => (await listEndpoints(query, nowMs)).data

beforeAll(async () => {
  const connection = { name: 'Helios', baseUrl: 'http://127.0.0.1:9801/v1', apiShape: 'openai-chat' as const }
  await putProvider({ slug: 'helios', body: connection, actor: 'test' })
  await putProvider({
    slug: 'openai',
    body: { ...connection, name: 'OpenAI', baseUrl: 'https://93.184.215.14/v1' },
    actor: 'test',
  })
  await db().provider.create({ data: { slug: 'only-in-logs' } })
})

describe('configuring an endpoint', () => {
  test('takes what a model can do from its family, and keeps what somebody said', async () => {
    const model = 'anthropic/claude-opus-4-8'
    expect(await put({ model, provider: 'helios' })).toMatchObject({
      inputModalities: ['text', 'image', 'file'],
      outputModalities: ['text'],
      supportsReasoning: true,
      supportsStructuredOutput: null,
    })
    const said = { supportsReasoning: false, maxCompletionTokens: 32_000 }
    expect(await put({ model, provider: 'helios', ...said, inputModalities: ['text'] })).toMatchObject({
      ...said,
      inputModalities: ['text'],
    })
    expect(await put({ model, provider: 'helios' })).toMatchObject({ ...said, inputModalities: ['text'] })
    expect(
      await put({
        model,
        provider: 'helios',
        inputModalities: null,
        supportsReasoning: null,
        maxCompletionTokens: null,
      }),
    ).toMatchObject({ inputModalities: [], supportsReasoning: null, maxCompletionTokens: null })
  })

  test('makes the model and its author when they are new', async () => {
    const model = 'newcomer/first-model'
    expect(await put({ model, provider: 'helios' })).toEqual({
      model,
      provider: 'helios',
      providerName: 'Helios',
      upstreamModel: 'first-model',
      promptUsdPerMTok: null,
      cachedUsdPerMTok: null,
      completionUsdPerMTok: null,
      contextLength: null,
      quantization: null,
      supportsTools: null,
      supportsReasoning: null,
      supportsStructuredOutput: null,
      inputModalities: [],
      outputModalities: [],
      maxCompletionTokens: null,
      enabled: true,
      routable: true,
      lessons: [],
      health: {
        uptime30m: null,
        latencyMsP50: null,
        tokensPerSecondP50: null,
        toolCallErrorRate: null,
        toolCallAttempts: 0,
        attempts30m: 0,
        status: 'unknown',
      },
    })
    expect(await db().author.count({ where: { slug: 'newcomer' } })).toBe(1)
  })

  test('fills in prices the first time, and then only what the body says', async () => {
    const first = await put({ model: 'openai/gpt-4o', provider: 'openai', completionUsdPerMTok: 9 })
    expect(first).toMatchObject({
      promptUsdPerMTok: 2.5,
      cachedUsdPerMTok: 1.25,
      completionUsdPerMTok: 9,
      contextLength: 128_000,
    })
    const cleared = await put({ model: 'openai/gpt-4o', provider: 'openai', cachedUsdPerMTok: null })
    expect(cleared).toMatchObject({ promptUsdPerMTok: 2.5, cachedUsdPerMTok: null, completionUsdPerMTok: 9 })
    const again = await put({ model: 'openai/gpt-4o', provider: 'openai' })
    expect(again).toEqual(cleared)
  })

  test('keeps every field that a later body leaves out, and clears what is null', async () => {
    const model = freshModel()
    const whole = {
      upstreamModel: 'atlas@fp8',
      promptUsdPerMTok: 0.123456,
      cachedUsdPerMTok: 0,
      completionUsdPerMTok: 15,
      contextLength: 131_072,
      quantization: 'fp8' as const,
      supportsTools: true,
      enabled: false,
    }
    expect(await put({ model, provider: 'helios', ...whole })).toMatchObject(whole)
    expect(await put({ model, provider: 'helios' })).toMatchObject(whole)
    const nulls = {
      upstreamModel: null,
      promptUsdPerMTok: null,
      cachedUsdPerMTok: null,
      completionUsdPerMTok: null,
      contextLength: null,
      quantization: null,
      supportsTools: null,
    }
    expect(await put({ model, provider: 'helios', ...nulls, enabled: true })).toMatchObject({
      ...nulls,
      upstreamModel: model.slice('acme/'.length),
      enabled: true,
    })
  })

  test('keeps a price exact to the micro-dollar', async () => {
    const model = freshModel()
    for (const usd of [0.000001, 0.07, 2.675, 99_999.999999]) {
      expect(await put({ model, provider: 'helios', promptUsdPerMTok: usd })).toMatchObject({
        promptUsdPerMTok: usd,
      })
    }
  })

  test('names a provider that does not exist', async () => {
    const error = await put({ model: freshModel(), provider: 'nobody' }).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'not_found', message: expect.stringContaining('nobody') })
    // The row of logs without a provider is no provider.
    await expect(put({ model: freshModel(), provider: 'unknown' })).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  test('two at once make one endpoint', async () => {
    const model = freshModel()
    const bodies = Array.from({ length: 4 }, () => put({ model, provider: 'helios' }))
    expect(await Promise.all(bodies)).toHaveLength(4)
    expect(await db().endpoint.count({ where: { model: { slug: model } } })).toBe(1)
  })

  test('is noted with its actor', async () => {
    const model = freshModel()
    await put({ model, provider: 'helios', promptUsdPerMTok: 1 })
    expect(await db().auditLog.findMany({ where: { target: `endpoint:${model}@helios` } })).toMatchObject([
      {
        actor: 'test',
        action: 'endpoint.update',
        detail: { enabled: true, promptMicroUsdPerMTok: 1_000_000 },
      },
    ])
  })
})

describe('listing endpoints', () => {
  test('leaves out what only logs name, and tells what the gateway may use', async () => {
    const model = freshModel()
    await put({ model, provider: 'helios' })
    await put({ model, provider: 'openai', enabled: false })
    await put({ model, provider: 'only-in-logs' })
    const seen = await db().model.findUniqueOrThrow({ where: { slug: model } })
    const logged = await db().provider.create({ data: { slug: 'another-log' } })
    await db().endpoint.create({ data: { modelId: seen.id, providerId: logged.id } })

    const providersOf = async (query: Parameters<typeof list>[0]) =>
      (await list({ model, ...query })).map(({ provider, routable }) => [provider, routable])
    expect(await providersOf({})).toEqual([
      ['helios', true],
      ['only-in-logs', false],
      ['openai', false],
    ])
    expect(await providersOf({ routable: 'true' })).toEqual([['helios', true]])
    expect(await providersOf({ routable: 'false' })).toEqual([
      ['only-in-logs', false],
      ['openai', false],
    ])
    expect(await providersOf({ provider: 'openai' })).toEqual([['openai', false]])
    expect(await providersOf({ provider: 'nobody' })).toEqual([])
  })
})

test.each(['a', 'a/', '/b', 'a/b/c', 'a b/c', 'a/b@c', 'a/b\0c', ''])('the model %j is none', (model) => {
  expect(putEndpointBody.safeParse({ model, provider: 'helios' }).success).toBe(false)
})

test('a suggestion is found by the provider’s address too', async () => {
  await db().provider.create({ data: { slug: 'our-openai', baseUrl: 'https://api.openai.com/v1' } })
  const ask = (provider: string) => suggestForProvider({ model: 'openai/gpt-4o', provider, nowMs })
  expect(await ask('our-openai')).toMatchObject({ promptUsdPerMTok: 2.5, contextLength: 128_000 })
  expect(await ask('helios')).toMatchObject({ promptUsdPerMTok: null, contextLength: null })
})

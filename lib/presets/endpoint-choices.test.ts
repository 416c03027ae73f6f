import { expect, test } from 'vitest'
import type { Endpoint } from '../catalog/schema'
import { modelChoices, providerChoices } from './endpoint-choices'

function endpoint(
  model: string,
  provider: string,
  { status = 'healthy', ...rest }: Partial<Endpoint> & { status?: Endpoint['health']['status'] } = {},
): Endpoint {
  return {
    model,
    provider,
    providerName: provider.toUpperCase(),
    upstreamModel: model,
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
      status,
    },
    ...rest,
  }
}

const endpoints = [
  endpoint('b/two', 'helios', { promptUsdPerMTok: 1, completionUsdPerMTok: 4, status: 'down' }),
  endpoint('a/one', 'polaris', { promptUsdPerMTok: 2, contextLength: 8_000 }),
  endpoint('b/two', 'borealis', { promptUsdPerMTok: 0.5, status: 'degraded', contextLength: 32_000 }),
  endpoint('a/one', 'helios', { status: 'unknown' }),
]

test('models are listed by name with the range of their prices and their best health', () => {
  expect(modelChoices(endpoints)).toEqual([
    {
      model: 'a/one',
      providers: 2,
      promptUsdPerMTok: { low: 2, high: 2 },
      completionUsdPerMTok: null,
      contextLength: 8_000,
      status: 'healthy',
    },
    {
      model: 'b/two',
      providers: 2,
      promptUsdPerMTok: { low: 0.5, high: 1 },
      completionUsdPerMTok: { low: 4, high: 4 },
      contextLength: 32_000,
      status: 'degraded',
    },
  ])
})

test('providers of the chosen models are listed by name with their worst health', () => {
  const choices = providerChoices({ endpoints, models: [] })
  expect(choices.map(({ provider, status, endpoints: own }) => [provider, status, own.length])).toEqual([
    ['borealis', 'degraded', 1],
    ['helios', 'down', 2],
    ['polaris', 'healthy', 1],
  ])
  const ofOne = providerChoices({ endpoints, models: ['a/one'] })
  expect(ofOne.map(({ provider, name, status }) => [provider, name, status])).toEqual([
    ['helios', 'HELIOS', 'unknown'],
    ['polaris', 'POLARIS', 'healthy'],
  ])
  expect(providerChoices({ endpoints, models: ['x/y'] })).toEqual([])
})

import { type APIRequestContext, expect, test } from '@playwright/test'
import { ownModel, rankingOf } from '../own-model'
import {
  connect,
  createGatewayKey,
  ownName,
  type SimulatedUpstream,
  startSimulatedUpstream,
  tidyUp,
} from '../simulated-upstream'
import { CLIENT_NAMES, CLIENTS, type Loop, type Usage } from '../tool-loops'

// The unmodified clients are the judges: what they understand, everybody's programs will.

let upstream: SimulatedUpstream
test.beforeAll(async () => {
  upstream = await startSimulatedUpstream()
})
test.afterAll(async ({ request }) => {
  await tidyUp(request)
  await upstream.stop()
})

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

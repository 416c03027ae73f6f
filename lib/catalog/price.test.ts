import { calcPrice, waitForUpdate } from '@pydantic/genai-prices'
import { describe, expect, test } from 'vitest'
import { usdToMicroUsd } from '../records/cost'
import { estimateCostMicroUsd, type PricedUsage } from './price'

const startedAtMs = Date.UTC(2026, 5, 1)
const usage: PricedUsage = {
  model: 'openai/gpt-4o',
  provider: 'openai',
  startedAtMs,
  promptTokens: 1000,
  cachedTokens: null,
  cacheWriteTokens: null,
  completionTokens: 100,
}

describe('estimateCostMicroUsd', () => {
  test.each<[string, Partial<PricedUsage>, number | null]>([
    ['$2.50 in, $10 out per million', {}, 3500],
    ['cached tokens at half price', { cachedTokens: 100 }, 3375],
    ['the name without its author', { model: 'gpt-4o' }, 3500],
    ['no provider: the price of its author', { provider: null }, 3500],
    ["OpenTelemetry's provider name", { provider: 'azure.ai.openai' }, 3500],
    ['a reseller that lists it', { provider: 'OpenRouter' }, 3500],
    ['a provider nobody knows', { provider: 'helios' }, null],
    ['a provider that does not sell it', { provider: 'Fireworks' }, null],
    ['a model nobody knows', { model: 'acme/atlas-120b', provider: null }, null],
    ['the Azure trace', { model: 'azure/conv', provider: null }, null],
    ['the Azure trace, code', { model: 'azure/code', provider: null }, null],
    ['an empty model', { model: '', provider: '' }, null],
    ['no prompt count', { promptTokens: null }, null],
    ['no completion count', { completionTokens: null }, null],
    [
      'no completion count where there is none',
      { model: 'text-embedding-3-small', completionTokens: null },
      20,
    ],
    ['more cached than sent', { cachedTokens: 1001 }, null],
    ['nothing used', { promptTokens: 0, completionTokens: 0 }, 0],
  ])('%s', (_case, over, microUsd) => {
    expect(estimateCostMicroUsd({ ...usage, ...over })).toBe(microUsd)
  })

  test('knows the providers of every generation of names', () => {
    const of = (model: string, provider: string) => estimateCostMicroUsd({ ...usage, model, provider })
    expect(of('x-ai/grok-4', 'x_ai')).toBe(of('x-ai/grok-4', 'xai'))
    expect(of('x-ai/grok-4', 'x_ai')).not.toBeNull()
    expect(of('anthropic/claude-sonnet-4-20250514', 'aws.bedrock')).not.toBeNull()
    expect(of('google/gemini-2.5-pro', 'gcp.vertex_ai')).not.toBeNull()
    expect(of('mistralai/mistral-large-latest', 'mistral_ai')).not.toBeNull()
  })

  test("gives the library's own answer for every model of the table, tiers and caches included", async () => {
    const providers = (await waitForUpdate()) ?? []
    let compared = 0
    for (const provider of providers) {
      for (const { id } of provider.models) {
        for (const promptTokens of [1000, 300_000]) {
          const tokens = {
            input_tokens: promptTokens,
            cache_read_tokens: 300,
            cache_write_tokens: 200,
            output_tokens: 77,
          }
          const expected = calcPrice(tokens, id, {
            providerId: provider.id,
            timestamp: new Date(startedAtMs),
          })
          if (expected === null) continue
          compared++
          const actual = estimateCostMicroUsd({
            model: id,
            provider: provider.id,
            startedAtMs,
            promptTokens,
            cachedTokens: 300,
            cacheWriteTokens: 200,
            completionTokens: 77,
          })
          expect({ id, microUsd: actual }).toEqual({ id, microUsd: usdToMicroUsd(expected.total_price) })
        }
      }
    }
    expect(compared).toBeGreaterThan(2000)
  })
})

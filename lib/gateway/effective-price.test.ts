import { describe, expect, test } from 'vitest'
import { type EndpointHealth, UNKNOWN_HEALTH } from '../health/endpoint-health'
import { effectivePrices } from './effective-price'

const percentiles = (p50: number) => ({ p50, p75: p50, p90: p50, p99: p50 })

/** Prices in dollars per million tokens: prompt, cached, completion. */
function endpoint(endpointId: number, [prompt, cached, completion]: (number | null)[]) {
  const micro = (usd: number | null | undefined) => (usd === null || usd === undefined ? null : usd * 1e6)
  return {
    endpointId,
    promptMicroUsdPerMTok: micro(prompt),
    cachedMicroUsdPerMTok: micro(cached),
    completionMicroUsdPerMTok: micro(completion),
  }
}

/** Weights of endpoints 1, 2, … relative to the first. */
function weights(prices: (number | null)[][], health: Partial<EndpointHealth>[]): number[] {
  const endpoints = prices.map((price, index) => endpoint(index + 1, price))
  const priced = effectivePrices(endpoints, (id) => ({ ...UNKNOWN_HEALTH, ...health[id - 1] }))
  return priced.map(({ weight }) => Number((weight / (priced[0]?.weight ?? 1)).toFixed(6)))
}

const ONE = [1, null, 1]

describe('endpoints are drawn by', () => {
  test.each<[string, (number | null)[][], Partial<EndpointHealth>[], number[]]>([
    ['the inverse square of price', [ONE, [2, null, 2], [3, null, 3]], [], [1, 0.25, 0.111111]],
    ['price, which free ones do not beat', [ONE, [0, null, 0]], [], [1, 1]],
    ['the dearest price where none is known', [ONE, [2, null, 2], [null, null, null]], [], [1, 0.25, 0.25]],
    ['luck alone where no price is known', [[null], [null]], [], [1, 1]],
    [
      'what prompts really cost: 0.75 × 0.1 + 0.25 = 0.325 of the price',
      [ONE, [1, 0.1, 1]],
      [{ cacheHitRate: 0 }, { cacheHitRate: 1 }],
      [1, Number((1 / 0.325 ** 2).toFixed(6))],
    ],
    [
      'a cache of unknown price at the full one',
      [ONE, ONE],
      [{ cacheHitRate: 0 }, { cacheHitRate: 1 }],
      [1, 1],
    ],
    ['the tries an answer takes', [ONE, ONE], [{ failureShare: 0 }, { failureShare: 0.5 }], [1, 0.25]],
    [
      'tries still, where nothing worked',
      [ONE, ONE],
      [{ failureShare: 0 }, { failureShare: 1 }],
      [1, 0.0025],
    ],
    [
      'speed: twice as slow is half as often',
      [ONE, ONE, ONE],
      [
        { latencyMs: percentiles(1000), tokensPerSecond: percentiles(500) },
        { latencyMs: percentiles(2000), tokensPerSecond: percentiles(250) },
        { latencyMs: percentiles(500), tokensPerSecond: percentiles(1000) },
      ],
      [1, 0.5, 2],
    ],
    [
      'speed, but a hundred times as slow is a quarter',
      [ONE, ONE, ONE],
      [{ latencyMs: percentiles(100) }, { latencyMs: percentiles(100) }, { latencyMs: percentiles(10_000) }],
      [1, 1, 0.25],
    ],
    [
      'the median of the others where nothing is known',
      [ONE, ONE, ONE, ONE],
      [{ failureShare: 0 }, { failureShare: 0.5 }, { failureShare: 0.2 }, {}],
      [1, 0.25, 0.64, 0.64],
    ],
  ])('%s', (_, prices, health, expected) => {
    expect(weights(prices, health)).toEqual(expected)
  })
})

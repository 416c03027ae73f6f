import { expect, test } from 'vitest'
import { blendedPrice, describePrice, endpointCostMicroUsd } from './endpoint-price'

const prices = {
  promptMicroUsdPerMTok: 150_000,
  cachedMicroUsdPerMTok: 75_000,
  completionMicroUsdPerMTok: 600_000,
}

test.each([
  ['plain', { promptTokens: 1_000_000, cachedTokens: null, completionTokens: 1_000_000 }, 750_000],
  ['cached tokens at their own price', { promptTokens: 1000, cachedTokens: 400, completionTokens: 0 }, 120],
  [
    'more cached than prompt counts as all of it',
    { promptTokens: 100, cachedTokens: 500, completionTokens: 0 },
    8,
  ],
  ['rounded to whole micro-dollars', { promptTokens: 1, cachedTokens: 0, completionTokens: 1 }, 1],
  ['no completion count', { promptTokens: 10, cachedTokens: 0, completionTokens: null }, null],
  ['no prompt count', { promptTokens: null, cachedTokens: 0, completionTokens: 5 }, null],
])('%s', (_, tokens, expected) => {
  expect(endpointCostMicroUsd(prices, tokens)).toBe(expected)
})

test('without a cache price cached tokens cost the prompt price; without a price nothing is known', () => {
  const tokens = { promptTokens: 1000, cachedTokens: 400, completionTokens: 0 }
  expect(endpointCostMicroUsd({ ...prices, cachedMicroUsdPerMTok: null }, tokens)).toBe(150)
  expect(endpointCostMicroUsd({ ...prices, promptMicroUsdPerMTok: null }, tokens)).toBeNull()
})

test('prices read like a price list', () => {
  expect(describePrice(prices)).toBe('$0.15 in, $0.60 out per M tokens')
  expect(describePrice({ promptMicroUsdPerMTok: 37_500, completionMicroUsdPerMTok: 0 })).toBe(
    '$0.0375 in, $0.00 out per M tokens',
  )
  expect(describePrice({ promptMicroUsdPerMTok: null, completionMicroUsdPerMTok: 1 })).toBe('price not known')
  expect(blendedPrice(prices)).toBe(262_500)
})

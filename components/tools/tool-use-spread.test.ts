import { expect, test } from 'vitest'
import { toolUseSpread } from './tool-use-spread'

const row = (providerName: string, toolsOfferedAttempts: number, toolUseRate: number | null) => ({
  ...{ provider: providerName, providerName, toolCallAttempts: 0, badAttempts: 0 },
  ...{ errorRate: null, errorRateLow: null, errorRateHigh: null, toolUseAttempts: 0 },
  ...{ byClass: { invalid_json: 0, unknown_name: 0, schema_mismatch: 0 }, toolsOfferedAttempts, toolUseRate },
})

test('names who uses offered tools least and most', () => {
  const rows = [row('helios', 50, 0.8), row('polaris', 36, 1), row('cumulus', 90, 0.61)]
  expect(toolUseSpread({ rows })).toBe('offered tools are used in 61.0% (cumulus) to 100.0% (polaris)')
})

test.each([
  ['one provider', [row('helios', 50, 0.8)]],
  ['one with enough data', [row('helios', 50, 0.8), row('polaris', 19, 0)]],
  ['nobody', []],
])('says nothing of %s', (_case, rows) => {
  expect(toolUseSpread({ rows })).toBeNull()
})

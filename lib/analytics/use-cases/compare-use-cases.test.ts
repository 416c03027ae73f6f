import { expect, test } from 'vitest'
import { compareUseCases, type UseCaseSums } from './compare-use-cases'

const sums = (key: string, overrides: Partial<UseCaseSums>): UseCaseSums => ({
  key,
  label: key,
  promptTokens: 0,
  completionTokens: 0,
  requests: 1,
  previousTokens: 0,
  agenticTokens: 0,
  costMicroUsd: 0,
  costKnown: 0,
  ...overrides,
})

test('ranks use cases, those without one among them', () => {
  const { rows, totals } = compareUseCases([
    sums('support', { promptTokens: 100, requests: 3, previousTokens: 200 }),
    sums('unknown', { promptTokens: 300, requests: 6, agenticTokens: 60 }),
    sums('code review', {
      promptTokens: 500,
      completionTokens: 100,
      agenticTokens: 540,
      costKnown: 1,
      costMicroUsd: 2_500_000,
    }),
  ])
  expect(rows).toMatchObject([
    {
      rank: 1,
      key: 'code review',
      totalTokens: 600,
      share: 0.6,
      change: null,
      agenticShare: 0.9,
      costUsd: 2.5,
    },
    { rank: 2, key: 'unknown', share: 0.3, agenticShare: 0.2, costUsd: null },
    { rank: 3, key: 'support', share: 0.1, change: -0.5, agenticShare: 0 },
  ])
  expect(totals).toEqual({
    totalTokens: 1000,
    promptTokens: 900,
    completionTokens: 100,
    requests: 10,
    agenticShare: 0.6,
    namedTokenShare: 0.7,
    namedRequestShare: 0.4,
  })
})

test('nothing has no shares', () => {
  expect(compareUseCases([])).toEqual({
    rows: [],
    totals: {
      totalTokens: 0,
      promptTokens: 0,
      completionTokens: 0,
      requests: 0,
      agenticShare: null,
      namedTokenShare: null,
      namedRequestShare: null,
    },
  })
})

test('a use case that was only in the window before is no row', () => {
  expect(compareUseCases([sums('gone', { requests: 0, previousTokens: 10 })]).rows).toEqual([])
})

import { expect, test } from 'vitest'
import { deriveContextLengths } from './derive-context-lengths'

test('every class has a row, shortest first, and what is neither agentic nor human is unknown', () => {
  const rows = deriveContextLengths([
    { index: 2, requests: 30, agenticRequests: 20, humanRequests: 4, totalTokens: 900_000 },
    { index: 0, requests: 10, agenticRequests: 0, humanRequests: 10, totalTokens: 5_000 },
  ])
  expect(rows.map(({ contextLength, requests, share }) => [contextLength, requests, share])).toEqual([
    ['1K', 10, 0.25],
    ['10K', 0, 0],
    ['100K', 30, 0.75],
    ['1M', 0, 0],
    ['10M', 0, 0],
  ])
  expect(rows[2]).toMatchObject({
    agenticRequests: 20,
    humanRequests: 4,
    unknownRequests: 6,
    totalTokens: 900_000,
  })
})

test('without requests there is no share of them', () => {
  expect(deriveContextLengths([]).map(({ share }) => share)).toEqual([null, null, null, null, null])
})

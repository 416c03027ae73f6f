import { expect, test } from 'vitest'
import { type ModelCalls, rankByCalls } from './rank-by-calls'

const model = (key: string, toolCalls: number, requestsWithCalls: number, before = 0): ModelCalls => ({
  ...{ key, toolCalls, requestsWithCalls, previousToolCalls: before },
})

test('nothing called, nothing ranked', () => {
  expect(rankByCalls([])).toEqual({
    rows: [],
    totals: { toolCalls: 0, requestsWithCalls: 0, previousToolCalls: 0 },
  })
})

test('ranks by calls, ties by name, with shares of all calls and what a request makes on average', () => {
  const { rows, totals } = rankByCalls([model('b/b', 25, 10), model('c/c', 50, 50), model('a/a', 25, 25)])
  expect(rows.map(({ rank, key, share, callsPerRequest }) => [rank, key, share, callsPerRequest])).toEqual([
    [1, 'c/c', 0.5, 1],
    [2, 'a/a', 0.25, 1],
    [3, 'b/b', 0.25, 2.5],
  ])
  expect(totals).toEqual({ toolCalls: 100, requestsWithCalls: 85, previousToolCalls: 0 })
})

test('compares with the window before, also with models that have fallen silent', () => {
  const { rows, totals } = rankByCalls([
    model('gone/silent', 0, 0, 300),
    model('up/twice', 20, 20, 10),
    model('new/here', 5, 5),
    model('down/half', 10, 10, 20),
  ])
  expect(rows.map(({ key, change, previousRank }) => [key, change, previousRank])).toEqual([
    ['up/twice', 1, 3],
    ['down/half', -0.5, 2],
    ['new/here', null, null],
  ])
  expect(totals.previousToolCalls).toBe(330)
})

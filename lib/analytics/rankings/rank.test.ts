import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type KeySums, rankKeys } from './rank'
import { rankingsTable } from './table'

/** A key with tokens in this window and the ones before, newest first. */
function makeKey(key: string, ...tokensByWindow: number[]): KeySums {
  const tokens = tokensByWindow[0] ?? 0
  const promptTokens = Math.floor(tokens / 2)
  return {
    key,
    label: key,
    promptTokens,
    completionTokens: tokens - promptTokens,
    requests: 1,
    tokensByWindow,
  }
}

const keysOf = (sums: KeySums[], sort: 'tokens' | 'trending' = 'tokens') =>
  rankKeys(sums, sort).rows.map((row) => row.key)

describe('by tokens', () => {
  test('the most tokens come first, ties in order of key on every machine', () => {
    const sums = [makeKey('b/z', 5), makeKey('a/Z', 5), makeKey('c', 9), makeKey('a/a', 5), makeKey('ä', 5)]
    expect(keysOf(sums)).toEqual(['c', 'a/Z', 'a/a', 'b/z', 'ä'])
    expect(rankKeys(sums, 'tokens').rows.map((row) => row.rank)).toEqual([1, 2, 3, 4, 5])
  })

  test('a key without requests in the window is left out, one with requests and no tokens is not', () => {
    const gone = { ...makeKey('gone', 0, 50), requests: 0 }
    expect(keysOf([gone, makeKey('silent', 0), makeKey('here', 5)])).toEqual(['here', 'silent'])
  })

  test('share is of all tokens, and unknown when there are none', () => {
    const { rows, totals } = rankKeys([makeKey('a', 30), makeKey('b', 10)], 'tokens')
    expect(rows.map((row) => row.share)).toEqual([0.75, 0.25])
    expect(totals).toEqual({ totalTokens: 40, promptTokens: 20, completionTokens: 20, requests: 2 })
    expect(rankKeys([makeKey('a', 0)], 'tokens').rows[0]?.share).toBeNull()
  })

  test('change is relative to the window before, and unknown when that had nothing', () => {
    const { rows } = rankKeys(
      [makeKey('up', 30, 20), makeKey('down', 10, 20), makeKey('new', 5, 0)],
      'tokens',
    )
    expect(rows.map((row) => row.change)).toEqual([0.5, -0.5, null])
    expect(rows.map((row) => row.previousTotalTokens)).toEqual([20, 20, 0])
  })

  test('the previous rank counts keys that are gone now, and is unknown for a key that was not there', () => {
    const gone = { ...makeKey('gone', 0, 100), requests: 0 }
    const { rows } = rankKeys([gone, makeKey('a', 30, 20), makeKey('b', 40, 10), makeKey('new', 5)], 'tokens')
    expect(rows.map((row) => [row.key, row.previousRank])).toEqual([
      ['b', 3],
      ['a', 2],
      ['new', null],
    ])
  })

  test('nothing at all gives no rows and totals of zero', () => {
    expect(rankKeys([], 'tokens')).toEqual({
      rows: [],
      totals: { totalTokens: 0, promptTokens: 0, completionTokens: 0, requests: 0 },
    })
  })
})

describe('trending', () => {
  const SUMS = [
    makeKey('steady', 1000, 1000, 1000, 1000),
    makeKey('grown', 300, 100, 50, 0),
    makeKey('new', 200),
    makeKey('fallen', 500, 900, 900, 900),
  ]

  test('orders by the excess over the mean of the three windows before, and leaves out keys without one', () => {
    const { rows } = rankKeys(SUMS, 'trending')
    expect(rows.map((row) => [row.key, row.excessTokens])).toEqual([
      ['grown', 250],
      ['new', 200],
    ])
  })

  test('keeps rank, share and totals of the tokens', () => {
    const { rows, totals } = rankKeys(SUMS, 'trending')
    expect(totals.totalTokens).toBe(2000)
    expect(rows.map((row) => [row.rank, row.share])).toEqual([
      [3, 0.15],
      [4, 0.1],
    ])
  })

  test('orders ties by key', () => {
    expect(keysOf([makeKey('b', 5), makeKey('a', 5)], 'trending')).toEqual(['a', 'b'])
  })
})

const tokenCount = fc.integer({ min: 0, max: 20 })
const someSums = fc.uniqueArray(
  fc
    .record({
      key: fc.string({ minLength: 1, maxLength: 3 }),
      tokens: fc.array(tokenCount, { minLength: 4, maxLength: 4 }),
      requests: fc.integer({ min: 0, max: 2 }),
    })
    .map(({ key, tokens, requests }) => ({ ...makeKey(key, ...tokens), requests })),
  { selector: (row) => row.key, maxLength: 12 },
)

test('the order of what comes in changes nothing', () => {
  const twice = someSums.chain((sums) =>
    fc.tuple(fc.constant(sums), fc.shuffledSubarray(sums, { minLength: sums.length })),
  )
  fc.assert(
    fc.property(twice, fc.constantFrom('tokens' as const, 'trending' as const), ([sums, shuffled], sort) => {
      expect(rankKeys(shuffled, sort)).toEqual(rankKeys(sums, sort))
    }),
  )
})

test('ranks count up from one, tokens never rise, shares add up to one', () => {
  fc.assert(
    fc.property(someSums, (sums) => {
      const { rows, totals } = rankKeys(sums, 'tokens')
      expect(rows.map((row) => row.rank)).toEqual(rows.map((_, index) => index + 1))
      const tokens = rows.map((row) => row.totalTokens)
      expect(tokens).toEqual([...tokens].sort((a, b) => b - a))
      expect(totals.totalTokens).toBe(tokens.reduce((sum, value) => sum + value, 0))
      if (totals.totalTokens === 0) return
      expect(rows.reduce((sum, row) => sum + (row.share ?? Number.NaN), 0)).toBeCloseTo(1, 12)
    }),
  )
})

test('the exported table has a row a key, in order, with empty fields for what is unknown', () => {
  const answer = rankKeys([makeKey('a', 30, 20), makeKey('new', 10)], 'tokens')
  const { header, rows } = rankingsTable({ from: '', to: '', by: 'model', ...answer })
  expect(header.join()).toBe(
    'rank,key,label,totalTokens,promptTokens,completionTokens,requests,share,previousTotalTokens,change,previousRank',
  )
  expect(rows).toEqual([
    [1, 'a', 'a', 30, 15, 15, 1, 0.75, 20, 0.5, 1],
    [2, 'new', 'new', 10, 5, 5, 1, 0.25, 0, null, null],
  ])
})

import { expect, test } from 'vitest'
import type { RankingRow } from '@/lib/analytics/rankings/schema'
import { filterRows } from './filter-rows'

const row = (rank: number, key: string, label: string): RankingRow => ({
  rank,
  key,
  label,
  totalTokens: 1,
  promptTokens: 1,
  completionTokens: 0,
  requests: 1,
  share: 1,
  previousTotalTokens: 0,
  change: null,
  previousRank: null,
})
const rows = [row(1, 'acme/atlas-120b', 'Atlas 120B'), row(2, 'noor/atlas-mini', 'Atlas Mini')]

test.each([
  ['', [1, 2]],
  ['  ', [1, 2]],
  ['ATLAS', [1, 2]],
  ['acme', [1]],
  ['atlas mini', [2]],
  ['mini atlas', [2]],
  ['nothing', []],
])('“%s” keeps ranks %j', (filter, ranks) => {
  expect(filterRows(rows, filter).map((match) => match.rank)).toEqual(ranks)
})

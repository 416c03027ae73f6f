import { compareText } from '../../platform/compare-text'
import type { RankingSort } from '../subjects'
import type { RankingRow, RankingsAnswer } from './schema'

/** Sums of one key; `tokensByWindow[0]` is the window asked for, then the preceding equal windows, newest first. */
export type KeySums = {
  key: string
  label: string
  promptTokens: number
  completionTokens: number
  requests: number
  tokensByWindow: number[]
}

/**
 * Ranks keys by total tokens, ties in order of key. `trending` orders by the excess over the mean of the three
 * preceding windows and leaves out keys without one; share and rank stay those of the tokens. Definitions: design.md §5.
 */
export function rankKeys(
  sums: readonly KeySums[],
  sort: RankingSort,
): Pick<RankingsAnswer, 'rows' | 'totals'> {
  const present = sums.filter((row) => row.requests > 0)
  const totals = {
    totalTokens: total(present, (row) => tokensIn(row, 0)),
    promptTokens: total(present, (row) => row.promptTokens),
    completionTokens: total(present, (row) => row.completionTokens),
    requests: total(present, (row) => row.requests),
  }
  const previousRanks = ranksIn(sums, 1)
  const ranked = [...present].sort(byTokensIn(0)).map((row, index): RankingRow => {
    const totalTokens = tokensIn(row, 0)
    const previousTotalTokens = tokensIn(row, 1)
    return {
      rank: index + 1,
      key: row.key,
      label: row.label,
      totalTokens,
      promptTokens: row.promptTokens,
      completionTokens: row.completionTokens,
      requests: row.requests,
      share: totals.totalTokens > 0 ? totalTokens / totals.totalTokens : null,
      previousTotalTokens,
      change: previousTotalTokens > 0 ? (totalTokens - previousTotalTokens) / previousTotalTokens : null,
      previousRank: previousRanks.get(row.key) ?? null,
      ...(sort === 'trending' ? { excessTokens: excessOf(row) } : {}),
    }
  })
  return { rows: sort === 'trending' ? byExcess(ranked) : ranked, totals }
}

function tokensIn(row: KeySums, window: number): number {
  return row.tokensByWindow[window] ?? 0
}

function excessOf(row: KeySums): number {
  return tokensIn(row, 0) - (tokensIn(row, 1) + tokensIn(row, 2) + tokensIn(row, 3)) / 3
}

function byTokensIn(window: number) {
  return (a: KeySums, b: KeySums) => tokensIn(b, window) - tokensIn(a, window) || compareText(a.key, b.key)
}

function byExcess(rows: readonly RankingRow[]): RankingRow[] {
  const excess = (row: RankingRow) => row.excessTokens ?? 0
  return rows
    .filter((row) => excess(row) > 0)
    .sort((a, b) => excess(b) - excess(a) || compareText(a.key, b.key))
}

/** Ranks among the keys that had tokens in a window. */
function ranksIn(sums: readonly KeySums[], window: number): Map<string, number> {
  const ordered = sums.filter((row) => tokensIn(row, window) > 0).sort(byTokensIn(window))
  return new Map(ordered.map((row, index) => [row.key, index + 1]))
}

function total(rows: readonly KeySums[], value: (row: KeySums) => number): number {
  return rows.reduce((sum, row) => sum + value(row), 0)
}

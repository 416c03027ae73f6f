import { NO_USE_CASE } from '../../records/use-case'
import { type KeySums, rankKeys } from '../rankings/rank'
import type { UseCasesAnswer } from './schema'

/** Sums of one use case in the window asked for, and its tokens in the window before. */
export type UseCaseSums = Omit<KeySums, 'tokensByWindow'> & {
  previousTokens: number
  agenticTokens: number
  costMicroUsd: number
  /** Requests whose cost is known. */
  costKnown: number
}

/**
 * Use cases ranked by total tokens, with the agentic share of each, and how much of the whole has a use case at all.
 * Requests without one are a row like the others, so that shares are of the whole. Definitions: design.md §5.
 */
export function compareUseCases(sums: readonly UseCaseSums[]): Pick<UseCasesAnswer, 'rows' | 'totals'> {
  const byKey = new Map(sums.map((row) => [row.key, row]))
  const { rows, totals } = rankKeys(
    sums.map((row) => ({
      ...row,
      tokensByWindow: [row.promptTokens + row.completionTokens, row.previousTokens],
    })),
    'tokens',
  )
  const without = byKey.get(NO_USE_CASE)
  const withoutTokens = without ? without.promptTokens + without.completionTokens : 0
  const agenticTokens = sums.reduce((sum, row) => sum + row.agenticTokens, 0)
  return {
    rows: rows.map((row) => {
      const { agenticTokens: agentic = 0, costKnown = 0, costMicroUsd = 0 } = byKey.get(row.key) ?? {}
      return {
        ...row,
        agenticTokens: agentic,
        agenticShare: ratio(agentic, row.totalTokens),
        costUsd: costKnown > 0 ? costMicroUsd / 1_000_000 : null,
      }
    }),
    totals: {
      ...totals,
      agenticShare: ratio(agenticTokens, totals.totalTokens),
      namedTokenShare: ratio(totals.totalTokens - withoutTokens, totals.totalTokens),
      namedRequestShare: ratio(totals.requests - (without?.requests ?? 0), totals.requests),
    },
  }
}

function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null
}

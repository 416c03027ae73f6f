import type { UseQueryResult } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { ShareAnswer } from '@/lib/analytics/agents/share/schema'
import { type CrossoverWords, crossoverWords, isMarked } from './crossover-words'

/** The crossover of an answer in words, and where the chart marks it; undefined until there is an answer. */
export function useCrossover(
  query: UseQueryResult<ShareAnswer>,
): { words: CrossoverWords; markMs: number | null } | undefined {
  const { data, dataUpdatedAt } = query
  return useMemo(() => {
    if (data === undefined) return undefined
    const { crossover, agentic, human } = data.totals
    const fromMs = Date.parse(data.from)
    const words = crossoverWords({
      crossover,
      fromMs,
      throughMs: Math.min(Date.parse(data.to), dataUpdatedAt),
      hasTraffic: agentic.totalTokens + human.totalTokens > 0,
    })
    const markMs = crossover !== null && isMarked({ crossover, fromMs }) ? Date.parse(crossover) : null
    return { words, markMs }
  }, [data, dataUpdatedAt])
}

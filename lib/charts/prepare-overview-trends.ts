import type { UsageAnswer } from '../analytics/usage/schema'
import { type ChartMetric, prepareTrend } from './prepare-series'

/** The course of the key figures over the window, from usage by caller kind. The success rate has no series there. */
export function prepareOverviewTrends(answer: UsageAnswer, nowMs: number) {
  const sumOf = (metric: ChartMetric) =>
    addColumns(answer.series.map(({ points }) => prepareTrend(answer, points, metric, nowMs)))
  const agentic = answer.series.find(({ key }) => key === 'agentic')?.points ?? []
  const agenticTokens = prepareTrend(answer, agentic, 'totalTokens', nowMs)
  const totalTokens = sumOf('totalTokens')
  return {
    requests: sumOf('requests'),
    totalTokens,
    costUsd: sumOf('costUsd'),
    /** Not in the usage answer. */
    successRate: undefined,
    finishedByToolCallShare: undefined,
    agenticShare: totalTokens.map((total, index) => (total > 0 ? (agenticTokens[index] ?? 0) / total : 0)),
  }
}

function addColumns(series: readonly number[][]): number[] {
  const first = series[0] ?? []
  return first.map((_, index) => series.reduce((total, values) => total + (values[index] ?? 0), 0))
}

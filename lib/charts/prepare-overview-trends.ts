import type { UsageAnswer } from '../analytics/usage/schema'
import { type ChartMetric, prepareTrend } from './prepare-series'

/**
 * The course of the key figures over the window, from usage by operation, which counts everything, and by caller kind,
 * which counts chats and completions. The success rate has no series there.
 */
export function prepareOverviewTrends({
  byOperation,
  byCallerKind,
  nowMs,
}: {
  byOperation: UsageAnswer
  byCallerKind: UsageAnswer
  nowMs: number
}) {
  const sumOf = (answer: UsageAnswer, metric: ChartMetric) =>
    addColumns(answer.series.map(({ points }) => prepareTrend(answer, points, metric, nowMs)))
  const agentic = byCallerKind.series.find(({ key }) => key === 'agentic')?.points ?? []
  const agenticTokens = prepareTrend(byCallerKind, agentic, 'totalTokens', nowMs)
  return {
    requests: sumOf(byOperation, 'requests'),
    totalTokens: sumOf(byOperation, 'totalTokens'),
    costUsd: sumOf(byOperation, 'costUsd'),
    /** Not in the usage answer. */
    successRate: undefined,
    finishedByToolCallShare: undefined,
    agenticShare: sumOf(byCallerKind, 'totalTokens').map((total, index) =>
      total > 0 ? (agenticTokens[index] ?? 0) / total : 0,
    ),
  }
}

function addColumns(series: readonly number[][]): number[] {
  const first = series[0] ?? []
  return first.map((_, index) => series.reduce((total, values) => total + (values[index] ?? 0), 0))
}

'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { WindowChoice } from '@/components/time-window/window-choice'
import { usageQueryOptions } from '@/components/usage/usage-query'
import { useUsageChart } from '@/components/usage/use-usage-chart'
import type { RankingSubject } from '@/lib/analytics/subjects'
import { prepareTrend } from '@/lib/charts/prepare-series'
import { ALL_USAGE_LIMIT, CHART_TOP_COUNT, USAGE_LIMIT } from './limits'

export type RowTrends = {
  /** Undefined while on the way, null where the endpoint gives no series for this key. */
  trendOf: (key: string) => number[] | null | undefined
  /** The colour the chart above gives this entity; null when the chart holds it in “Others”. */
  colorOf: (key: string) => string | null
}

/** The trend and chart colour of each row, from the answer that draws the chart; a longer one when all rows show. */
export function useRowTrends({
  choice,
  by,
  isExpanded,
}: {
  choice: WindowChoice
  by: RankingSubject
  isExpanded: boolean
}): RowTrends {
  const { query: first, chart } = useUsageChart({
    choice,
    by,
    limit: USAGE_LIMIT,
    topCount: CHART_TOP_COUNT,
    metric: 'totalTokens',
  })
  const all = useQuery({
    ...usageQueryOptions({ choice, by, limit: ALL_USAGE_LIMIT }),
    enabled: isExpanded,
  })
  const answer = isExpanded ? (all.data ?? first.data) : first.data
  const nowMs = first.dataUpdatedAt
  const isLoading = first.isPending || (isExpanded && all.isPending)
  return useMemo(() => {
    const trends = new Map(
      answer?.series.map(({ key, points }) => [key, prepareTrend(answer, points, 'totalTokens', nowMs)]),
    )
    const colors = new Map(chart?.series.map(({ key, color }) => [key, color]))
    return {
      trendOf: (key) => trends.get(key) ?? (isLoading ? undefined : null),
      colorOf: (key) => colors.get(key) ?? null,
    }
  }, [answer, chart, nowMs, isLoading])
}

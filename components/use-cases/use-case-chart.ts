'use client'

import type { WindowChoice } from '@/components/time-window/window-choice'
import { useUsageChart } from '@/components/usage/use-usage-chart'

const TOP_COUNT = 8

/** Tokens over time by use case or, within one, by model; the list beside the chart takes its colours from here too. */
export function useCaseChart({ choice, useCase }: { choice: WindowChoice; useCase: string | null }) {
  return useUsageChart({
    choice,
    by: useCase === null ? 'useCase' : 'model',
    limit: TOP_COUNT,
    topCount: TOP_COUNT,
    metric: 'totalTokens',
    ...(useCase === null ? {} : { useCase }),
  })
}

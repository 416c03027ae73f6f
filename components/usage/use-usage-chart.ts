'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { rememberedColors, useRememberColors } from '@/components/charts/color-memory'
import type { WindowChoice } from '@/components/time-window/window-choice'
import type { UsageSubject } from '@/lib/analytics/subjects'
import type { UsageQuery } from '@/lib/analytics/usage/schema'
import { type ChartMetric, prepareSeries } from '@/lib/charts/prepare-series'
import { CALLER_KINDS } from '@/lib/records/vocabulary'
import { entityLabel } from './entity-label'
import { usageQueryOptions } from './usage-query'

/** The usage query and the chart made of it. */
export function useUsageChart({
  choice,
  by,
  limit,
  topCount,
  metric,
  useCase,
  operation,
}: {
  choice: WindowChoice
  by: UsageSubject
  limit: number
  topCount: number
  metric: ChartMetric
  /** Models of this use case only. */
  useCase?: string
  /** Left out = chats and completions, or everything by operation. */
  operation?: UsageQuery['operation']
}) {
  const query = useQuery(usageQueryOptions({ choice, by, limit, useCase, operation }))
  const { data, dataUpdatedAt } = query
  const chart = useMemo(() => {
    if (data === undefined) return undefined
    return prepareSeries({
      answer: data,
      metric,
      topCount,
      nowMs: dataUpdatedAt,
      labelOf: (key) => entityLabel(by, key),
      rememberedColors: rememberedColors(by),
      ...(by === 'callerKind' ? { order: CALLER_KINDS } : {}),
    })
  }, [data, dataUpdatedAt, metric, topCount, by])
  useRememberColors(by, chart)
  return { query, chart }
}

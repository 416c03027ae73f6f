import { OTHER_KEY } from '../analytics/subjects'
import type { UsageAnswer, UsagePoint } from '../analytics/usage/schema'
import { assignColors } from './entity-colors'
import { type Bucket, listBuckets } from './time-axis'

export const CHART_METRICS = ['totalTokens', 'requests', 'costUsd'] as const
export type ChartMetric = (typeof CHART_METRICS)[number]

/** One entity of a chart. `values[i]` belongs to `buckets[i]`; null is a gap: not known. */
export type PreparedSeries = {
  key: string
  label: string
  color: string
  values: (number | null)[]
  total: number
}

/** Everything a chart draws; it decides nothing itself. Largest series first, `other` last. */
export type PreparedChart = {
  buckets: Bucket[]
  series: PreparedSeries[]
  /** Sum of a column over all series; null where nothing is known. */
  totals: (number | null)[]
}

export type PrepareSeriesInput = {
  answer: Pick<UsageAnswer, 'from' | 'to' | 'granularity' | 'series'>
  metric: ChartMetric
  /** Entities drawn by themselves; the rest is summed into `other`. */
  topCount: number
  nowMs: number
  labelOf: (key: string) => string
  rememberedColors?: ReadonlyMap<string, string>
  /** Entities of a closed set keep this order, whatever their size. */
  order?: readonly string[]
}

/**
 * An answer of `/api/usage` as a chart: every bucket of the window, the largest entities each with its colour, and the
 * rest as `other`.
 */
export function prepareSeries(input: PrepareSeriesInput): PreparedChart {
  const { answer, metric, topCount, nowMs, labelOf, rememberedColors, order = [] } = input
  const buckets = listBuckets(
    { fromMs: Date.parse(answer.from), toMs: Date.parse(answer.to) },
    answer.granularity,
    nowMs,
  )
  const rows = answer.series.map(({ key, points }) => {
    const values = fillBuckets(buckets, points, metric)
    return { key, values, total: sum(values) }
  })
  const visible = foldIntoOther(rows, topCount).filter((row) => row.total > 0)
  if (order.length > 0) visible.sort((left, right) => order.indexOf(left.key) - order.indexOf(right.key))
  const colors = assignColors(
    visible.map((row) => row.key),
    rememberedColors,
  )
  const series = visible.map((row) => ({
    ...row,
    label: labelOf(row.key),
    color: colors.get(row.key) ?? 'var(--chart-other)',
  }))
  return { buckets, series, totals: buckets.map((_, index) => sumColumn(series, index)) }
}

/** Values of one line as a small trend without axes; columns cut by the window's edge would bend it, so they go. */
export function prepareTrend(
  answer: PrepareSeriesInput['answer'],
  points: readonly UsagePoint[],
  metric: ChartMetric,
  nowMs: number,
): number[] {
  const buckets = listBuckets(
    { fromMs: Date.parse(answer.from), toMs: Date.parse(answer.to) },
    answer.granularity,
    nowMs,
  ).filter((bucket) => !bucket.isPartial)
  return fillBuckets(buckets, points, metric).map((value) => value ?? 0)
}

type Row = { key: string; values: (number | null)[]; total: number }

/** A column without traffic is zero; a column whose cost nobody reported stays a gap. */
function fillBuckets(
  buckets: readonly Bucket[],
  points: readonly UsagePoint[],
  metric: ChartMetric,
): (number | null)[] {
  const byStart = new Map(points.map((point) => [Date.parse(point.start), point[metric]]))
  return buckets.map((bucket) => {
    const value = byStart.get(bucket.startMs)
    return value === undefined ? 0 : value
  })
}

function foldIntoOther(rows: readonly Row[], topCount: number): Row[] {
  const named = rows.filter((row) => row.key !== OTHER_KEY).sort((left, right) => right.total - left.total)
  const rest = [...named.slice(topCount), ...rows.filter((row) => row.key === OTHER_KEY)]
  const top = named.slice(0, topCount)
  const firstRest = rest[0]
  if (firstRest === undefined) return top
  const values = firstRest.values.map((_, index) => sumColumn(rest, index))
  return [...top, { key: OTHER_KEY, values, total: sum(values) }]
}

function sumColumn(rows: readonly Pick<Row, 'values'>[], index: number): number | null {
  const known = rows.map((row) => row.values[index]).filter((value) => value != null)
  return known.length === 0 ? null : known.reduce((total, value) => total + value, 0)
}

function sum(values: readonly (number | null)[]): number {
  return values.reduce<number>((total, value) => total + (value ?? 0), 0)
}

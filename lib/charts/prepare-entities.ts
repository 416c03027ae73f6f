import { OTHER_KEY } from '../analytics/subjects'
import type { Granularity } from '../time/time-buckets'
import { assignColors } from './entity-colors'
import type { PreparedChart, PreparedSeries } from './prepare-series'
import { listBuckets } from './time-axis'

export type EntityPoints<Point> = { key: string; label: string; points: readonly Point[] }

export type PrepareEntitiesInput<Point> = {
  answer: { from: string; to: string; granularity: Granularity }
  /** Most important first: those beyond `topCount` are summed as others, or left out of lines. */
  entities: readonly EntityPoints<Point>[]
  read: (point: Point) => number | null
  /** Counts add up, and a bucket without a point is zero; percentiles and shares do not, and there it is a gap. */
  isAdditive: boolean
  topCount: number
  nowMs: number
  rememberedColors?: ReadonlyMap<string, string>
}

/** One measure of several entities over time: a line or a layer each, in the colour that belongs to it. */
export function prepareEntities<Point extends { start: string }>(
  input: PrepareEntitiesInput<Point>,
): PreparedChart {
  const { answer, entities, read, isAdditive, topCount, nowMs, rememberedColors } = input
  const buckets = listBuckets(
    { fromMs: Date.parse(answer.from), toMs: Date.parse(answer.to) },
    answer.granularity,
    nowMs,
  )
  const rows = entities.map(({ key, label, points }) => {
    const valueAt = new Map(points.map((point) => [Date.parse(point.start), read(point)]))
    const values = buckets.map(({ startMs }) => valueAt.get(startMs) ?? (isAdditive ? 0 : null))
    return { key, label, values, total: values.reduce<number>((sum, value) => sum + (value ?? 0), 0) }
  })
  const isShown = (row: (typeof rows)[number]) =>
    isAdditive ? row.total > 0 : row.values.some((value) => value !== null)
  const top = rows.slice(0, topCount).filter(isShown)
  const rest = isAdditive ? rows.slice(topCount).filter(isShown) : []
  const colors = assignColors(
    top.map(({ key }) => key),
    rememberedColors,
  )
  const series: PreparedSeries[] = top.map((row) => ({
    ...row,
    color: colors.get(row.key) ?? 'var(--chart-other)',
  }))
  if (rest.length > 0) series.push(othersOf(rest))
  return { buckets, series, totals: isAdditive ? buckets.map((_, index) => columnOf(series, index)) : [] }
}

function othersOf(rest: readonly Omit<PreparedSeries, 'color'>[]): PreparedSeries {
  const values = (rest[0]?.values ?? []).map((_, index) => columnOf(rest, index))
  return {
    key: OTHER_KEY,
    label: 'Others',
    color: 'var(--chart-other)',
    values,
    total: rest.reduce((sum, { total }) => sum + total, 0),
  }
}

function columnOf(rows: readonly Pick<PreparedSeries, 'values'>[], index: number): number {
  return rows.reduce((sum, row) => sum + (row.values[index] ?? 0), 0)
}

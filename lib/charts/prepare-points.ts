import type { Granularity } from '../time/time-buckets'
import type { PreparedChart } from './prepare-series'
import { listBuckets } from './time-axis'

/** One line or one layer of columns; null = not known in that bucket. */
export type PointPart<Point> = {
  key: string
  label: string
  color: string
  read: (point: Point) => number | null
}

/** An answer with a point for each bucket that had anything to say. */
export type PointsAnswer<Point> = {
  from: string
  to: string
  granularity: Granularity
  points: readonly Point[]
}

export type PreparePointsInput<Point> = {
  answer: PointsAnswer<Point>
  /** In the order they are drawn and listed. */
  parts: readonly PointPart<Point>[]
  /** Counts add up to a total; percentiles and shares do not, and have none. */
  isAdditive: boolean
  nowMs: number
}

/**
 * Points of one entity as a chart of its measures: every bucket of the window, a bucket without a point a gap. Of
 * counts, parts that are zero throughout are left out.
 */
export function preparePoints<Point extends { start: string }>(
  input: PreparePointsInput<Point>,
): PreparedChart {
  const { answer, parts, isAdditive, nowMs } = input
  const buckets = listBuckets(
    { fromMs: Date.parse(answer.from), toMs: Date.parse(answer.to) },
    answer.granularity,
    nowMs,
  )
  const pointAt = new Map(answer.points.map((point) => [Date.parse(point.start), point]))
  const points = buckets.map(({ startMs }) => pointAt.get(startMs))
  const series = parts.map(({ key, label, color, read }) => {
    const values = points.map((point) => (point === undefined ? null : read(point)))
    return { key, label, color, values, total: values.reduce<number>((sum, value) => sum + (value ?? 0), 0) }
  })
  const visible = isAdditive
    ? series.filter(({ total }) => total > 0)
    : series.filter(({ values }) => values.some((value) => value !== null))
  return { buckets, series: visible, totals: isAdditive ? totalsOf(points, parts) : [] }
}

function totalsOf<Point>(
  points: readonly (Point | undefined)[],
  parts: readonly PointPart<Point>[],
): (number | null)[] {
  return points.map((point) => {
    if (point === undefined) return null
    const known = parts.map(({ read }) => read(point)).filter((value) => value !== null)
    return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0)
  })
}

import type { ModelSeriesAnswer } from '../analytics/models/schema'
import { uptimeOf } from '../health/derive-health'
import { GRANULARITY_MS, type Granularity } from '../time/time-buckets'
import { type Bucket, listBuckets } from './time-axis'

type Point = ModelSeriesAnswer['availability'][number]

/** One column: shares 0–1, null while fewer than 20 count; the numbers that count are beside them. */
export type AvailabilityColumn = Bucket & {
  withRouting: number | null
  withoutRouting: number | null
  countedRequests: number
  countedAttempts: number
}

/** How many buckets of the answer one column may hold, fewest first; all divide a day, or are a week. */
const FOLDS = {
  minute: [1, 5, 15, 30, 60],
  hour: [1, 2, 3, 4, 6, 8, 12, 24],
  day: [1, 7],
} as const satisfies Record<Granularity, readonly number[]>

/** So many of the columns with traffic should have enough of it to be told. */
const ENOUGH_TOLD = 0.8

/**
 * The availability of a window in the narrowest columns of which four in five of those with traffic have enough of it;
 * the widest when none do. Columns without traffic are listed too: they are not known, not zero.
 */
export function foldAvailability(
  answer: Pick<ModelSeriesAnswer, 'from' | 'to' | 'granularity' | 'availability'>,
  nowMs: number,
): { columns: AvailabilityColumn[]; columnMs: number } {
  const window = { fromMs: Date.parse(answer.from), toMs: Date.parse(answer.to) }
  const buckets = listBuckets(window, answer.granularity, nowMs)
  let folded: { columns: AvailabilityColumn[]; columnMs: number } = { columns: [], columnMs: 0 }
  for (const fold of FOLDS[answer.granularity]) {
    const columnMs = fold * GRANULARITY_MS[answer.granularity]
    folded = { columns: columnsOf({ buckets, points: answer.availability, columnMs }), columnMs }
    const busy = folded.columns.filter(({ countedAttempts }) => countedAttempts > 0)
    const told = busy.filter(
      ({ withRouting, withoutRouting }) => withRouting !== null && withoutRouting !== null,
    )
    if (told.length >= busy.length * ENOUGH_TOLD) break
  }
  return folded
}

function columnsOf({
  buckets,
  points,
  columnMs,
}: {
  buckets: readonly Bucket[]
  points: readonly Point[]
  columnMs: number
}): AvailabilityColumn[] {
  const pointAt = new Map(points.map((point) => [Date.parse(point.start), point]))
  const bucketsAt = new Map<number, Bucket[]>()
  for (const bucket of buckets) {
    const startMs = Math.floor(bucket.startMs / columnMs) * columnMs
    bucketsAt.set(startMs, [...(bucketsAt.get(startMs) ?? []), bucket])
  }
  return [...bucketsAt].map(([startMs, inside]) => {
    const sums = { okRequests: 0, countedRequests: 0, okAttempts: 0, countedAttempts: 0 }
    for (const bucket of inside) {
      const point = pointAt.get(bucket.startMs)
      sums.okRequests += point?.okRequests ?? 0
      sums.countedRequests += point?.countedRequests ?? 0
      sums.okAttempts += point?.okAttempts ?? 0
      sums.countedAttempts += point?.countedAttempts ?? 0
    }
    const first = inside[0]?.startMs ?? startMs
    const last = inside.at(-1)?.endMs ?? startMs
    return {
      startMs: first,
      endMs: last,
      isPartial: last - first < columnMs || inside.some(({ isPartial }) => isPartial),
      withRouting: shareOf(sums.okRequests, sums.countedRequests),
      withoutRouting: shareOf(sums.okAttempts, sums.countedAttempts),
      countedRequests: sums.countedRequests,
      countedAttempts: sums.countedAttempts,
    }
  })
}

function shareOf(ok: number, counted: number): number | null {
  return uptimeOf({ attempts: counted, ok, countedErrors: counted - ok })
}

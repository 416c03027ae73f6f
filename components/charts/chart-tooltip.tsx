import clsx from 'clsx'
import type { PreparedChart } from '@/lib/charts/prepare-series'
import { formatBucket, formatPercent } from '@/lib/platform/format'
import { Swatch } from './swatch'

/** On a phone the list may not cover the whole chart; the style below hides what comes after. */
const PHONE_ROWS = 6

/** One column in words: its total, then every entity with traffic, largest first. */
export function ChartTooltip({
  chart,
  startMs,
  highlighted,
  formatValue,
  hint,
}: {
  chart: PreparedChart
  startMs: number
  highlighted: string | null
  formatValue: (value: number) => string
  /** What a click on the column does. */
  hint: string | null
}) {
  const index = chart.buckets.findIndex((bucket) => bucket.startMs === startMs)
  const bucket = chart.buckets[index]
  if (bucket === undefined) return null
  const hasTotals = chart.totals.length > 0
  const total = chart.totals[index] ?? null
  const rows = rowsAt(chart, index)
  return (
    <div className="pointer-events-none w-52 sm:w-64 rounded-xl border bg-surface p-3 text-xs shadow-raised">
      <div className="flex items-baseline justify-between gap-3">
        <span className="font-medium">{formatBucket(bucket.startMs, bucket.endMs)}</span>
        <span className="text-muted">{bucket.isPartial ? 'UTC, in part' : 'UTC'}</span>
      </div>
      {hasTotals ? (
        <div className="mt-0.5 mb-2 flex items-baseline justify-between border-b pb-2 text-muted">
          Total
          <span className="font-medium text-foreground tabular-nums">
            {total === null ? 'not known' : formatValue(total)}
          </span>
        </div>
      ) : (
        <div className="mt-1.5 mb-2 border-b" />
      )}
      <ul className="flex flex-col gap-1 max-sm:[&>li:nth-child(n+7)]:hidden">
        {rows.map((row) => (
          <li
            key={row.key}
            className={clsx(
              'grid grid-cols-[0.5rem_1fr_auto] sm:grid-cols-[0.5rem_1fr_auto_2.75rem] items-baseline gap-2 tabular-nums',
              highlighted !== null && highlighted !== row.key && 'opacity-45',
            )}
          >
            <Swatch color={row.color} />
            <span className="truncate">{row.label}</span>
            <span>{formatValue(row.value ?? 0)}</span>
            <span className="text-right text-muted max-sm:hidden">
              {total ? formatPercent((row.value ?? 0) / total) : null}
            </span>
          </li>
        ))}
        {rows.length === 0 ? <li className="text-muted">{total === null ? 'No traffic' : 'None'}</li> : null}
      </ul>
      {rows.length > PHONE_ROWS ? (
        <div className="mt-1 text-muted sm:hidden">and {rows.length - PHONE_ROWS} more</div>
      ) : null}
      {hint ? <div className="mt-2 border-t pt-1.5 text-muted">{hint}</div> : null}
    </div>
  )
}

/** Counts largest first with `other` last; measures, which cannot be compared, in their own order. */
function rowsAt(chart: PreparedChart, index: number) {
  const rows = chart.series
    .map((series) => ({ ...series, value: series.values[index] ?? null }))
    .filter((row) => row.value !== null)
  if (chart.totals.length === 0) return rows
  return rows
    .filter((row) => (row.value ?? 0) > 0)
    .sort(
      (left, right) =>
        Number(left.key === 'other') - Number(right.key === 'other') ||
        (right.value ?? 0) - (left.value ?? 0),
    )
}

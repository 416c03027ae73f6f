import Link from 'next/link'
import type { ReactNode } from 'react'
import type { PreparedChart } from '@/lib/charts/prepare-series'
import type { Bucket } from '@/lib/charts/time-axis'
import { formatBucket, UNKNOWN } from '@/lib/platform/format'
import { Swatch } from './swatch'

/** The chart's numbers, newest column first: the same facts for those who read rather than look. */
export function ChartTable({
  chart,
  title,
  formatValue,
  hrefOf,
}: {
  chart: PreparedChart
  title: string
  formatValue: (value: number) => string
  hrefOf?: ((bucket: Bucket) => `/${string}`) | undefined
}) {
  const hasTotals = chart.totals.length > 0
  const rows = chart.buckets.map((bucket, index) => ({ bucket, index })).reverse()
  return (
    <section
      aria-label={`${title} As a table`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      className="h-full overflow-auto rounded-lg border"
    >
      <table className="min-w-full border-separate border-spacing-0 text-xs tabular-nums">
        <thead>
          <tr>
            <th
              scope="col"
              className="sticky top-0 left-0 z-20 border-b bg-sunken px-3 py-2 text-left font-medium"
            >
              Time (UTC)
            </th>
            {hasTotals ? <HeaderCell>Total</HeaderCell> : null}
            {chart.series.map((series) => (
              <HeaderCell key={series.key}>
                <Swatch color={series.color} className="mr-1.5" />
                {series.label}
              </HeaderCell>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ bucket, index }) => (
            <tr key={bucket.startMs}>
              <th
                scope="row"
                className="sticky left-0 z-10 border-b bg-surface px-3 py-1.5 text-left font-normal whitespace-nowrap"
              >
                {hrefOf ? (
                  <Link href={hrefOf(bucket)} className="underline underline-offset-2">
                    {formatBucket(bucket.startMs, bucket.endMs)}
                  </Link>
                ) : (
                  formatBucket(bucket.startMs, bucket.endMs)
                )}
                {bucket.isPartial ? <span className="text-muted"> in part</span> : null}
              </th>
              {hasTotals ? <ValueCell value={chart.totals[index]} formatValue={formatValue} /> : null}
              {chart.series.map((series) => (
                <ValueCell key={series.key} value={series.values[index]} formatValue={formatValue} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function HeaderCell({ children }: { children: ReactNode }) {
  return (
    <th
      scope="col"
      className="sticky top-0 z-10 border-b bg-sunken px-3 py-2 text-right font-medium whitespace-nowrap"
    >
      {children}
    </th>
  )
}

function ValueCell({
  value,
  formatValue,
}: {
  value: number | null | undefined
  formatValue: (value: number) => string
}) {
  return (
    <td className="border-b px-3 py-1.5 text-right whitespace-nowrap">
      {value === null || value === undefined ? UNKNOWN : formatValue(value)}
    </td>
  )
}

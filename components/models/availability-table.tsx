import { formatBucket, formatPercent } from '@/lib/platform/format'

/** The strips' numbers, newest first. */
export function AvailabilityTable({
  buckets,
}: {
  buckets: readonly {
    startMs: number
    endMs: number
    withRouting: number | null
    withoutRouting: number | null
  }[]
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section aria-label="Availability over time" tabIndex={0} className="max-h-72 overflow-y-auto">
      <table className="w-full text-sm tabular-nums">
        <caption className="sr-only">Availability with and without routing</caption>
        <thead className="text-left text-xs text-muted [&_th]:h-8 [&_th]:font-medium">
          <tr className="border-b">
            <th scope="col">Time, UTC</th>
            <th scope="col" className="!text-right">
              With routing
            </th>
            <th scope="col" className="!text-right">
              Without routing
            </th>
          </tr>
        </thead>
        <tbody>
          {buckets.toReversed().map(({ startMs, endMs, withRouting, withoutRouting }) => (
            <tr key={startMs} className="h-8 border-b last:border-b-0">
              <th scope="row" className="text-left font-normal">
                {formatBucket(startMs, endMs)}
              </th>
              <td className="text-right">{formatPercent(withRouting)}</td>
              <td className="text-right">{formatPercent(withoutRouting)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

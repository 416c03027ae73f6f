import type { SessionsAnswer } from '@/lib/analytics/agents/sessions/schema'
import { type PlacedRange, prepareRanges } from '@/lib/charts/prepare-ranges'
import { formatCompact, formatExact, formatUsd } from '@/lib/platform/format'
import type { TurnRange } from '@/lib/records/session-turns'

const TURNS = {
  '1': '1 turn',
  '2–9': '2–9 turns',
  '10–49': '10–49 turns',
  '50+': '50+ turns',
} satisfies Record<TurnRange, string>

/** A row for each class of turns: the median as a dot on a logarithmic axis, the middle half as a line around it. */
export function SessionsTable({ answer }: { answer: SessionsAnswer }) {
  const { ticks, ranges } = prepareRanges(
    answer.rows.map((row) => ({ low: row.costUsdP25, middle: row.medianCostUsd, high: row.costUsdP75 })),
  )
  return (
    <table className="w-full table-fixed text-sm tabular-nums">
      <caption className="sr-only">Median cost per session by turns</caption>
      <thead className="text-xs text-muted [&_th]:h-9 [&_th]:border-t [&_th]:font-medium">
        <tr>
          <th scope="col" className="w-26 pl-4 text-left sm:w-28 sm:pl-5">
            Session
          </th>
          <td className="border-t" />
          <th scope="col" className="w-16 text-right sm:w-24">
            Median
          </th>
          <th scope="col" className="w-20 pr-4 text-right sm:w-24 sm:pr-5">
            Sessions
          </th>
        </tr>
      </thead>
      <tbody>
        {answer.rows.map((row, index) => (
          <tr key={row.turns} className="h-12 border-t">
            <th scope="row" className="pl-4 text-left font-normal sm:pl-5">
              {TURNS[row.turns]}
            </th>
            <td>
              <RangeMark range={ranges[index]} ticks={ticks} title={rangeTitle(row)} />
            </td>
            <td className="text-right font-medium" title={rangeTitle(row)}>
              {formatUsd(row.medianCostUsd)}
            </td>
            <td className="pr-4 text-right text-muted sm:pr-5" title={formatExact(row.sessions)}>
              {formatCompact(row.sessions)}
            </td>
          </tr>
        ))}
        {ticks.length > 0 ? <Axis ticks={ticks} /> : null}
      </tbody>
    </table>
  )
}

function RangeMark({
  range,
  ticks,
  title,
}: {
  range: PlacedRange | undefined
  ticks: readonly { value: number; position: number }[]
  title: string
}) {
  const { low = null, middle = null, high = null } = range ?? {}
  return (
    <span aria-hidden="true" title={title} className="relative mx-3 block h-12">
      {ticks.map(({ value, position }) => (
        <span
          key={value}
          className="absolute inset-y-0 w-px bg-border"
          style={{ left: `${position * 100}%` }}
        />
      ))}
      {low !== null && high !== null ? (
        <span
          className="absolute top-1/2 h-1.5 -translate-y-1/2 rounded-full bg-accent/30"
          style={{ left: `${low * 100}%`, width: `${(high - low) * 100}%` }}
        />
      ) : null}
      {middle !== null ? (
        <span
          className="absolute top-1/2 size-3 -translate-1/2 rounded-full border-2 border-surface bg-accent"
          style={{ left: `${middle * 100}%` }}
        />
      ) : null}
    </span>
  )
}

function Axis({ ticks }: { ticks: readonly { value: number; position: number }[] }) {
  return (
    <tr>
      <td />
      <td>
        <span
          aria-hidden="true"
          className="relative mx-3 block h-6 border-t border-border-strong text-2xs text-muted"
        >
          {ticks.map(({ value, position }) => (
            <span
              key={value}
              className="absolute top-1 -translate-x-1/2 whitespace-nowrap max-sm:not-first:not-last:hidden"
              style={{ left: `${position * 100}%` }}
            >
              {axisLabel(value)}
            </span>
          ))}
        </span>
      </td>
      <td />
      <td />
    </tr>
  )
}

/** $0.01 rather than $0.010: axis labels are round. */
function axisLabel(value: number): string {
  return formatUsd(value)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '')
}

function rangeTitle({ costUsdP25, costUsdP75 }: SessionsAnswer['rows'][number]): string {
  if (costUsdP25 === null) return 'No session of this length has a known cost'
  return `The middle half costs ${formatUsd(costUsdP25)} to ${formatUsd(costUsdP75)}`
}

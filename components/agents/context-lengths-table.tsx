import { Swatch } from '@/components/charts/swatch'
import type { ContextLengthRow, ContextLengthsAnswer } from '@/lib/analytics/agents/context-lengths/schema'
import { formatCompact, formatExact, formatPercent } from '@/lib/platform/format'

const KINDS = [
  { key: 'agenticRequests', label: 'Agentic', color: 'var(--chart-agentic)' },
  { key: 'humanRequests', label: 'Human', color: 'var(--chart-human)' },
  { key: 'unknownRequests', label: 'Unknown', color: 'var(--chart-unknown)' },
] as const satisfies readonly { key: keyof ContextLengthRow; label: string; color: string }[]

/** A row for each class of length, its bar as long as its share and coloured by who drives the requests. */
export function ContextLengthsTable({ answer }: { answer: ContextLengthsAnswer }) {
  const most = Math.max(...answer.rows.map(({ requests }) => requests))
  return (
    <table className="w-full table-fixed text-sm tabular-nums">
      <caption className="sr-only">Requests by context length</caption>
      <thead className="text-xs text-muted [&_th]:h-9 [&_th]:border-t [&_th]:font-medium">
        <tr>
          <th scope="col" className="w-24 pl-4 text-left sm:pl-5">
            Tokens
          </th>
          <th scope="col" className="text-left">
            <span className="flex gap-3 font-normal">
              {KINDS.map(({ key, label, color }) => (
                <span key={key} className="inline-flex items-center gap-1.5">
                  <Swatch color={color} />
                  {label}
                </span>
              ))}
            </span>
          </th>
          <th scope="col" className="w-18 text-right max-sm:hidden">
            Requests
          </th>
          <th scope="col" className="w-18 pr-4 text-right sm:pr-5">
            Share
          </th>
        </tr>
      </thead>
      <tbody>
        {answer.rows.map((row) => (
          <tr key={row.contextLength} className="h-12 border-t">
            <th scope="row" className="pl-4 text-left font-normal whitespace-nowrap sm:pl-5">
              up to {row.contextLength}
            </th>
            <td>
              <KindBar row={row} most={most} />
            </td>
            <td className="text-right text-muted max-sm:hidden" title={formatExact(row.requests)}>
              {formatCompact(row.requests)}
            </td>
            <td className="pr-4 text-right font-medium sm:pr-5">{formatPercent(row.share)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function KindBar({ row, most }: { row: ContextLengthRow; most: number }) {
  const words = KINDS.map(({ key, label }) => `${label} ${formatExact(row[key])}`).join(', ')
  return (
    <span role="img" aria-label={words} title={words} className="block pr-3">
      <span
        className="flex h-3.5 gap-px overflow-hidden rounded-[3px]"
        style={{ width: `${most > 0 ? (row.requests / most) * 100 : 0}%` }}
      >
        {KINDS.map(({ key, color }) => (
          <span key={key} style={{ flexGrow: row[key], flexBasis: 0, background: color }} />
        ))}
      </span>
    </span>
  )
}

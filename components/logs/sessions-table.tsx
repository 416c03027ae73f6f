import clsx from 'clsx'
import Link from 'next/link'
import { entityLabel } from '@/components/usage/entity-label'
import type { SessionRow } from '@/lib/analytics/sessions/schema'
import { formatCompact, formatDuration, formatExact, formatPercent, formatUsd } from '@/lib/platform/format'
import { LogTime } from './log-time'
import { logsPath } from './logs-path'

/** Sessions as rows on a desktop and as cards where there is less room. */
export function SessionsTable({ rows }: { rows: readonly SessionRow[] }) {
  return (
    <table className="w-full table-fixed text-sm">
      <caption className="sr-only">Sessions, last active first; times are UTC</caption>
      <thead className="text-left text-xs text-muted max-lg:sr-only [&_th]:h-9 [&_th]:font-medium [&_th]:whitespace-nowrap">
        <tr className="border-y">
          <th scope="col" className="w-40 pl-5">
            Last active (UTC)
          </th>
          <th scope="col">Session</th>
          <th scope="col" className="w-52">
            Newest request
          </th>
          <th scope="col" className="w-20 text-right">
            Requests
          </th>
          <th scope="col" className="w-20 text-right">
            Failed
          </th>
          <th scope="col" className="w-20 text-right">
            Agentic
          </th>
          <th scope="col" className="w-28 text-right">
            Tokens in → out
          </th>
          <th scope="col" className="w-24 text-right">
            Cost
          </th>
          <th scope="col" className="w-24 pr-5 text-right">
            Lasted
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <SessionTableRow key={row.sessionId} row={row} />
        ))}
      </tbody>
    </table>
  )
}

const NUMBER = 'text-right tabular-nums whitespace-nowrap max-lg:text-left max-lg:text-xs max-lg:text-muted'

function SessionTableRow({ row }: { row: SessionRow }) {
  const { sessionId, turns, errors, agenticTurns, costKnownTurns } = row
  const isCostPartial = row.costUsd !== null && costKnownTurns < turns
  return (
    <tr className="relative border-b transition-colors last:border-b-0 hover:bg-sunken max-lg:flex max-lg:flex-wrap max-lg:gap-x-3 max-lg:gap-y-1 max-lg:px-4 max-lg:py-3 max-lg:first:border-t lg:h-12">
      <td className="tabular-nums max-lg:order-2 max-lg:ml-auto lg:pl-5">
        <LogTime iso={row.lastAt} />
      </td>
      <th
        scope="row"
        className="min-w-0 pr-4 text-left font-normal max-lg:order-1 max-lg:max-w-[55%] max-lg:pr-0"
      >
        <Link
          href={logsPath({ session: sessionId })}
          prefetch={false}
          className="block truncate font-mono text-xs after:absolute after:inset-0"
          title={sessionId}
        >
          {sessionId}
        </Link>
      </th>
      <td className="min-w-0 pr-4 max-lg:order-3 max-lg:w-full max-lg:pr-0">
        <span className="block truncate font-medium" title={row.model}>
          {entityLabel('model', row.model)}
        </span>
        <span className="block truncate text-xs text-muted">{row.app ?? 'app not named'}</span>
      </td>
      <td className={clsx(NUMBER, 'max-lg:order-4')}>
        {formatExact(turns)}
        <span className="lg:hidden"> {turns === 1 ? 'request' : 'requests'}</span>
      </td>
      <td className={clsx(NUMBER, 'max-lg:order-5', errors > 0 ? 'text-negative!' : 'max-lg:hidden')}>
        {formatExact(errors)}
        <span className="lg:hidden"> failed</span>
      </td>
      <td className={clsx(NUMBER, 'max-lg:order-6')}>
        {formatPercent(agenticTurns / turns)}
        <span className="lg:hidden"> agentic</span>
      </td>
      <td className={clsx(NUMBER, 'max-lg:order-7')}>
        {formatCompact(row.promptTokens)}
        <span className="text-muted"> → </span>
        {formatCompact(row.completionTokens)}
      </td>
      <td
        className={clsx(NUMBER, 'max-lg:order-8')}
        title={isCostPartial ? `Of the ${costKnownTurns} requests whose cost is known` : undefined}
      >
        {isCostPartial ? '≥ ' : ''}
        {formatUsd(row.costUsd)}
      </td>
      <td className={clsx(NUMBER, 'pr-5 max-lg:order-9 max-lg:pr-0')}>
        {formatDuration(turns > 1 ? Date.parse(row.lastAt) - Date.parse(row.firstAt) : null)}
      </td>
    </tr>
  )
}

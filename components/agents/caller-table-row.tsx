import Link from 'next/link'
import { logsPath } from '@/components/logs/logs-path'
import { type WindowChoice, windowSearchParams } from '@/components/time-window/window-choice'
import type { CallerRow } from '@/lib/analytics/agents/callers/schema'
import type { CallerSubject } from '@/lib/analytics/agents/callers/subjects'
import { formatCompact, formatExact, formatPercent } from '@/lib/platform/format'
import { CallerClassBadge } from './caller-class-badge'
import { DeclareMenu } from './declare-menu'
import type { Declaration } from './use-declare-caller-kind'

export function CallerTableRow({
  row,
  by,
  choice,
  onDeclare,
}: {
  row: CallerRow
  by: CallerSubject
  choice: WindowChoice
  onDeclare: ((declaration: Declaration) => void) | null
}) {
  return (
    <tr className="h-12 border-t transition-colors hover:bg-sunken">
      <th scope="row" className="pr-3 pl-4 text-left font-medium sm:pl-5">
        <Link
          href={logsPath({ [by]: row.key, ...windowSearchParams(choice) })}
          prefetch={false}
          className="block truncate hover:underline hover:underline-offset-2"
          title={row.key}
        >
          {row.label}
        </Link>
      </th>
      <td>
        <CallerClassBadge callerClass={row.class} isDeclared={row.declared !== null} />
      </td>
      <td className="pr-4 max-sm:hidden">
        <AgenticShare row={row} />
      </td>
      <td className="text-right" title={`${formatExact(row.totalTokens)} tokens`}>
        <span className="font-medium">{formatCompact(row.totalTokens)}</span>
        <span className="block text-2xs text-muted sm:hidden">
          {row.agenticShare === null ? '' : `${formatPercent(row.agenticShare)} agentic`}
        </span>
      </td>
      <td className="text-right text-muted max-md:hidden">{formatPercent(row.share)}</td>
      <td className="text-right text-muted max-md:hidden" title={formatExact(row.requests)}>
        {formatCompact(row.requests)}
      </td>
      <td className="pr-2 text-right sm:pr-3">
        {onDeclare ? <DeclareMenu row={row} onDeclare={onDeclare} /> : null}
      </td>
    </tr>
  )
}

/** Tokens of a caller by who drove them, as a filled track with the agentic share beside it. */
function AgenticShare({ row }: { row: CallerRow }) {
  const unknownTokens = row.totalTokens - row.agenticTokens - row.humanTokens
  const pieces = [
    { color: 'var(--chart-agentic)', tokens: row.agenticTokens },
    { color: 'var(--chart-human)', tokens: row.humanTokens },
    { color: 'var(--chart-unknown)', tokens: unknownTokens },
  ]
  return (
    <span className="flex items-center gap-2.5">
      <span aria-hidden="true" className="flex h-1.5 flex-1 gap-px overflow-hidden rounded-full bg-hover">
        {pieces.map(({ color, tokens }) => (
          <span key={color} style={{ flexGrow: tokens, flexBasis: 0, background: color }} />
        ))}
      </span>
      <span className="w-12 text-right">{formatPercent(row.agenticShare)}</span>
    </span>
  )
}

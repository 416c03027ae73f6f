import clsx from 'clsx'
import Link from 'next/link'
import { entityLabel } from '@/components/usage/entity-label'
import type { LogRow } from '@/lib/analytics/logs/schema'
import { formatCompact, formatDuration, formatExact, formatUsd, UNKNOWN } from '@/lib/platform/format'
import type { FilterValues } from './filter-fields'
import { LogTime } from './log-time'
import { CALLER_WORDS, OPERATION_WORDS } from './log-words'
import { requestPath } from './logs-path'
import { RequestOutcome } from './request-outcome'

const NUMBER = 'text-right tabular-nums whitespace-nowrap max-lg:text-left max-lg:text-xs max-lg:text-muted'

/** One request; all of its row leads to its page. */
export function RequestRow({
  row,
  filter,
  search,
}: {
  row: LogRow
  filter: FilterValues
  /** Of the list the row stands in. */
  search: string
}) {
  return (
    <tr className="relative border-b transition-colors last:border-b-0 hover:bg-sunken max-lg:flex max-lg:flex-wrap max-lg:gap-x-3 max-lg:gap-y-1 max-lg:px-4 max-lg:py-3 max-lg:first:border-t lg:h-12">
      <th scope="row" className="text-left font-normal max-lg:order-2 max-lg:ml-auto lg:pl-5">
        <Link
          href={requestPath(row.ref, search)}
          prefetch={false}
          aria-label={`Request of ${row.startedAt.slice(11, 19)}, ${row.model}`}
          className="tabular-nums after:absolute after:inset-0"
        >
          <LogTime iso={row.startedAt} />
        </Link>
      </th>
      <td className="min-w-0 pr-4 max-lg:order-1 max-lg:max-w-[60%] max-lg:pr-0">
        <RequestOutcome row={row} />
      </td>
      <td className="min-w-0 pr-4 max-lg:order-3 max-lg:w-full max-lg:pr-0">
        <span className="block truncate font-medium" title={row.model}>
          {entityLabel('model', row.model)}
        </span>
        <span className="block truncate text-xs text-muted">
          {row.providerName ?? 'provider not named'}
          {row.operation === 'chat' ? null : ` · ${OPERATION_WORDS[row.operation]}`}
          {filter.provider !== undefined && filter.provider !== row.provider ? (
            <> · tried {earlierName(row, filter.provider)} before</>
          ) : null}
        </span>
      </td>
      <td className="min-w-0 pr-4 max-lg:order-4 max-lg:w-full max-lg:pr-0 max-lg:text-xs">
        <span className="block truncate max-lg:inline">{originOf(row)}</span>
        <span className="block truncate text-xs text-muted max-lg:ml-1.5 max-lg:inline">
          {CALLER_WORDS[row.callerKind]}
          {row.preset === null ? null : ` · @${row.preset}`}
        </span>
      </td>
      <td className={clsx(NUMBER, 'max-lg:order-5')} title={tokensTitle(row)}>
        <Tokens row={row} />
      </td>
      <td className={clsx(NUMBER, row.costUsd === null ? 'max-lg:hidden' : 'max-lg:order-6')}>
        {formatUsd(row.costUsd)}
      </td>
      <td className={clsx(NUMBER, 'max-lg:hidden')}>{formatDuration(row.latencyMs)}</td>
      <td className={clsx(NUMBER, 'max-lg:order-7')}>{formatDuration(row.totalMs)}</td>
      <td className="truncate pr-5 pl-5 max-lg:order-8 max-lg:p-0 max-lg:text-xs">
        <ToolCalls row={row} />
      </td>
    </tr>
  )
}

/** Who sent it: the app, else the key. */
function originOf({ app, key }: LogRow): string {
  return app ?? key ?? 'not named'
}

function earlierName({ earlierAttempts }: LogRow, slug: string): string {
  return earlierAttempts.find(({ provider }) => provider === slug)?.providerName ?? slug
}

function Tokens({ row }: { row: LogRow }) {
  const { promptTokens, completionTokens } = row
  if (promptTokens === null && completionTokens === null) return UNKNOWN
  return (
    <>
      {promptTokens === null ? UNKNOWN : formatCompact(promptTokens)}
      <span className="text-muted"> → </span>
      {completionTokens === null ? UNKNOWN : formatCompact(completionTokens)}
    </>
  )
}

function tokensTitle({ promptTokens, cachedTokens, completionTokens, reasoningTokens }: LogRow): string {
  const exact = (tokens: number | null) => (tokens === null ? 'unknown' : formatExact(tokens))
  return `Prompt ${exact(promptTokens)} (cached ${exact(cachedTokens)}), completion ${exact(completionTokens)} (reasoning ${exact(reasoningTokens)})`
}

function ToolCalls({ row }: { row: LogRow }) {
  const { toolCalls, badToolCalls, toolsOffered } = row
  if (toolCalls === null) return <span className="text-muted max-lg:hidden">{UNKNOWN}</span>
  if (badToolCalls > 0) {
    return (
      <span className="font-medium text-negative">
        {badToolCalls} of {toolCalls} bad
      </span>
    )
  }
  if (toolCalls > 0) return <span>{toolCalls === 1 ? '1 call' : `${toolCalls} calls`}</span>
  return <span className="text-muted max-lg:hidden">{toolsOffered ? 'not called' : 'no tools'}</span>
}

import { Filter } from 'lucide-react'
import { SUBJECTS } from '@/components/rankings/subjects'
import { buttonClass } from '@/components/ui/button'
import { EntityName } from '@/components/usage/entity-name'
import type { BreakdownRow } from '@/lib/analytics/tools/breakdown/schema'
import type { ToolSubject } from '@/lib/analytics/tools/tool-subjects'
import { formatCompact, formatExact, formatPercent } from '@/lib/platform/format'
import { FUNNEL_LOOK } from './funnel-look'
import type { ToolsFilter } from './tools-filter'

export function BreakdownTable({
  by,
  rows,
  onFilter,
}: {
  by: ToolSubject
  rows: readonly BreakdownRow[]
  onFilter: (filter: ToolsFilter) => void
}) {
  return (
    <table className="w-full table-fixed text-sm max-sm:block">
      <caption className="sr-only">The tool funnel by {SUBJECTS[by].one}, most requests first</caption>
      <thead className="text-right text-xs text-muted max-sm:sr-only [&_th]:h-9 [&_th]:font-medium">
        <tr className="border-y">
          <th scope="col" className="pl-4 text-left sm:pl-5">
            <span className="capitalize">{SUBJECTS[by].one}</span>
          </th>
          <th scope="col" className="w-20 max-md:hidden">
            Requests
          </th>
          <th scope="col" className="w-18 sm:w-22">
            Offered
          </th>
          <th scope="col" className="w-16 sm:w-22">
            Used
          </th>
          <th scope="col" className="w-18 sm:w-22">
            Finished
          </th>
          <th scope="col" className="w-11 pr-3 sm:w-14 sm:pr-4">
            <span className="sr-only">Filter</span>
          </th>
        </tr>
      </thead>
      <tbody className="max-sm:block max-sm:border-t">
        {rows.map((row) => (
          <tr
            key={row.key}
            className="border-b text-right tabular-nums last:border-b-0 hover:bg-sunken max-sm:grid max-sm:grid-cols-3 max-sm:gap-x-4 max-sm:gap-y-1 max-sm:px-4 max-sm:py-2.5 sm:h-13"
          >
            <th scope="row" className="min-w-0 py-1.5 pr-2 text-left font-normal max-sm:col-span-2 sm:pl-5">
              <EntityName by={by} entityKey={row.key} label={row.label} color={null} />
            </th>
            <td className="text-muted max-md:hidden" title={requestsTitle(row)}>
              {formatCompact(row.requests)}
            </td>
            <Share
              label="Offered"
              share={row.offeredShare}
              count={row.offered}
              color={FUNNEL_LOOK.offered.color}
            />
            <Share label="Used" share={row.usedShare} count={row.used} color={FUNNEL_LOOK.used.color} />
            <Share
              label="Finished"
              share={row.finishedShare}
              count={row.finishedByToolCall}
              color={FUNNEL_LOOK.finished.color}
            />
            <td className="max-sm:order-first max-sm:col-start-3 max-sm:row-start-1 max-sm:self-center sm:pr-4">
              <button
                type="button"
                aria-label={`Show only ${SUBJECTS[by].one} ${row.label}`}
                title="Show only these requests"
                onClick={() => onFilter({ by, name: row.key })}
                className={buttonClass({ variant: 'quiet', size: 'small', className: 'px-1.5' })}
              >
                <Filter aria-hidden="true" className="size-3.5!" />
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Share({
  label,
  share,
  count,
  color,
}: {
  /** Said beside the number where the table has no head. */
  label: string
  share: number | null
  count: number
  color: string
}) {
  return (
    <td className="sm:pl-3" title={`${formatExact(count)} requests`}>
      <span className="flex items-baseline justify-between gap-1 sm:justify-end">
        <span aria-hidden="true" className="text-2xs text-muted sm:hidden">
          {label}
        </span>
        {formatPercent(share)}
      </span>
      <span aria-hidden="true" className="mt-1 block h-1 rounded-full bg-hover">
        <span
          className="block h-full rounded-full"
          style={{ width: `${(share ?? 0) * 100}%`, background: color }}
        />
      </span>
    </td>
  )
}

function requestsTitle({ requests, unknownRequests }: BreakdownRow): string {
  return `${formatExact(requests)} requests whose tools are known, ${formatExact(unknownRequests)} left out`
}

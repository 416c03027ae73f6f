import { Definition } from '@/components/definitions/definition'
import type { LogRow } from '@/lib/analytics/logs/schema'
import type { FilterValues } from './filter-fields'
import { RequestRow } from './request-row'
import { useListSearch } from './use-list-search'

/** Requests as rows on a desktop and as cards where there is less room. */
export function RequestsTable({ rows, filter }: { rows: readonly LogRow[]; filter: FilterValues }) {
  const search = useListSearch()
  return (
    <table className="w-full table-fixed text-sm">
      <caption className="sr-only">Requests, newest first; times are UTC</caption>
      <thead className="text-left text-xs text-muted max-lg:sr-only [&_th]:h-9 [&_th]:font-medium [&_th]:whitespace-nowrap">
        <tr className="border-y">
          <th scope="col" className="w-36 pl-5">
            Time (UTC)
          </th>
          <th scope="col" className="w-44">
            Outcome
          </th>
          <th scope="col">Model and provider</th>
          <th scope="col" className="w-40">
            From
          </th>
          <th scope="col" className="w-28 text-right">
            Tokens in → out
          </th>
          <th scope="col" className="w-20 text-right">
            Cost
          </th>
          <th scope="col" className="w-24 text-right">
            <span className="inline-flex items-center gap-1">
              Latency <Definition of="latency" />
            </span>
          </th>
          <th scope="col" className="w-20 text-right">
            Took
          </th>
          <th scope="col" className="w-28 pr-5 pl-5">
            Tool calls
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <RequestRow key={row.ref} row={row} filter={filter} search={search} />
        ))}
      </tbody>
    </table>
  )
}

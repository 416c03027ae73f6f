'use client'

import { Definition } from '@/components/definitions/definition'
import { SortHeader } from '@/components/ui/sort-header'
import type { Sorting } from '@/components/ui/sorting'
import { EntityName } from '@/components/usage/entity-name'
import type { ModelRow } from '@/lib/analytics/models/schema'
import { MODEL_COLUMNS } from './model-columns'
import { nameInSlug } from './name-in-slug'
import { FIRST_DIRECTION, type ModelSort } from './sort-models'

/** The catalogue, sortable by each column; on a phone a list of cards. */
export function CatalogueTable({
  rows,
  sorting,
  onSort,
}: {
  /** Already in order. */
  rows: readonly ModelRow[]
  sorting: Sorting<ModelSort>
  onSort: (sorting: Sorting<ModelSort>) => void
}) {
  const sorted = { sorting, first: FIRST_DIRECTION, onSort }
  return (
    <table className="w-full text-sm">
      <caption className="sr-only">Models</caption>
      <thead className="text-xs text-muted max-xl:sr-only [&_th]:h-9 [&_th]:font-medium [&_th]:whitespace-nowrap">
        <tr className="border-y">
          <SortHeader column="name" label="Model" {...sorted} className="pl-5 text-left" />
          {MODEL_COLUMNS.map(({ sort: column, label, definition }) => (
            <SortHeader
              key={column}
              column={column}
              label={label}
              info={definition ? <Definition of={definition} /> : null}
              {...sorted}
              className="pl-3 text-right last:pr-5"
            />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr
            key={row.model}
            className="border-b last:border-b-0 hover:bg-sunken max-xl:grid max-xl:grid-cols-3 max-xl:gap-x-3 max-xl:gap-y-2.5 max-xl:px-4 max-xl:py-3.5 max-xl:md:grid-cols-9 xl:h-13"
          >
            <th
              scope="row"
              className="min-w-0 text-left font-normal max-xl:col-span-full xl:max-w-64 xl:pr-3 xl:pl-5"
            >
              <EntityName
                by="model"
                entityKey={row.model}
                label={row.name === nameInSlug(row.model) ? row.model : row.name}
                color={null}
              />
            </th>
            {MODEL_COLUMNS.map(({ sort: column, label, cell }) => (
              <td
                key={column}
                className="text-right tabular-nums max-xl:flex max-xl:min-w-0 max-xl:flex-col max-xl:text-left xl:pl-3 xl:last:pr-5"
              >
                <span aria-hidden="true" className="text-2xs text-muted xl:hidden">
                  {label}
                </span>
                <span>{cell(row)}</span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

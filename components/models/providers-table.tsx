'use client'

import clsx from 'clsx'
import Link from 'next/link'
import { Definition } from '@/components/definitions/definition'
import { StatusName } from '@/components/live/status-mark'
import { logsPath } from '@/components/logs/logs-path'
import { UptimeFigure } from '@/components/providers/attempt-figures'
import { ErrorClasses } from '@/components/providers/error-classes'
import { SortHeader } from '@/components/ui/sort-header'
import type { Sorting } from '@/components/ui/sorting'
import { EntityName } from '@/components/usage/entity-name'
import type { ModelProvider } from '@/lib/analytics/models/schema'
import { formatExact } from '@/lib/platform/format'
import { PROVIDER_COLUMNS } from './provider-columns'
import { FIRST_PROVIDER_DIRECTION, type ProviderSort } from './sort-providers'

/** A model's providers: a wide table that scrolls behind its first column, on a phone a list of cards. */
export function ProvidersTable({
  rows,
  logs,
  sorting,
  onSort,
}: {
  /** Already in order. */
  rows: readonly ModelProvider[]
  /** The requests behind the rows. */
  logs: { from: string; to: string; model: string }
  sorting: Sorting<ProviderSort>
  onSort: (sorting: Sorting<ProviderSort>) => void
}) {
  const sorted = { sorting, first: FIRST_PROVIDER_DIRECTION, onSort }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section aria-label="Providers, scrolls sideways" tabIndex={0} className="lg:overflow-x-auto">
      <table className="w-full text-sm">
        <caption className="sr-only">Providers of the model</caption>
        <thead className="text-xs text-muted max-lg:sr-only [&_th]:h-9 [&_th]:font-medium [&_th]:whitespace-nowrap">
          <tr className="border-y">
            <SortHeader
              column="name"
              label="Provider"
              {...sorted}
              className="sticky left-0 z-10 bg-surface pl-5 text-left"
            />
            <SortHeader
              column="uptime"
              label="Uptime"
              info={<Definition of="uptime" />}
              {...sorted}
              className="pl-3 text-left"
            />
            {PROVIDER_COLUMNS.map(({ sort: column, label, definition }) => (
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
            <ProviderRow key={row.provider} row={row} logs={logs} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function ProviderRow({
  row,
  logs,
}: {
  row: ModelProvider
  logs: { from: string; to: string; model: string }
}) {
  return (
    <tr className="border-b last:border-b-0 max-lg:grid max-lg:grid-cols-2 max-lg:gap-x-4 max-lg:gap-y-2.5 max-lg:px-4 max-lg:py-3.5 max-lg:sm:grid-cols-5">
      <th
        scope="row"
        className="min-w-0 text-left font-normal max-lg:col-span-full lg:sticky lg:left-0 lg:z-10 lg:min-w-40 lg:bg-surface lg:py-2 lg:pr-3 lg:pl-5"
      >
        <EntityName by="provider" entityKey={row.provider} label={row.name} color={null} />
        {row.enabled ? null : (
          <span className="mt-0.5 block text-2xs text-muted lg:pl-10.5">not routed to</span>
        )}
      </th>
      <td className="max-lg:col-span-full lg:py-2 lg:pl-3">
        <span className="flex flex-wrap items-center gap-x-4 gap-y-0.5 max-lg:justify-between lg:flex-col lg:items-start">
          {row.uptime === null ? (
            <UptimeFigure uptime={null} attempts={row.attempts} />
          ) : (
            <span className="inline-flex items-center gap-2">
              <UptimeFigure uptime={row.uptime} attempts={row.attempts} />
              <StatusName status={row.status} className="text-xs" />
            </span>
          )}
          <span className="inline-flex items-center gap-x-2.5 text-xs whitespace-nowrap text-muted tabular-nums lg:text-2xs">
            <Link
              href={logsPath({ ...logs, provider: row.provider })}
              prefetch={false}
              className="hover:underline"
            >
              {formatExact(row.attempts)} {row.attempts === 1 ? 'attempt' : 'attempts'}
            </Link>
            {row.attempts > row.ok ? (
              <ErrorClasses
                errorsByClass={row.errorsByClass}
                attempts={row.attempts}
                of={row.name}
                look="words"
              />
            ) : null}
          </span>
        </span>
      </td>
      {PROVIDER_COLUMNS.map(({ sort: column, label, longLabel, cell }) => (
        <td
          key={column}
          className={clsx(
            'text-right tabular-nums lg:py-2 lg:pl-3 lg:whitespace-nowrap lg:last:pr-5',
            'max-lg:flex max-lg:min-w-0 max-lg:flex-col max-lg:text-left',
          )}
        >
          <span aria-hidden="true" className="text-2xs text-muted lg:hidden">
            {longLabel ?? label}
          </span>
          <span>{cell(row)}</span>
        </td>
      ))}
    </tr>
  )
}

'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { Freshness } from '@/components/api/freshness'
import { QueryBody } from '@/components/api/query-body'
import { Swatch } from '@/components/charts/swatch'
import { logsPath, requestPath } from '@/components/logs/logs-path'
import { buttonClass } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Panel } from '@/components/ui/panel'
import { RowsSkeleton } from '@/components/ui/rows-skeleton'
import { entityLabel } from '@/components/usage/entity-label'
import type { LogRow } from '@/lib/analytics/logs/schema'
import { ERROR_COLORS } from '@/lib/charts/error-colors'
import { formatClockSeconds, formatDay, formatInstant, UNKNOWN } from '@/lib/platform/format'
import { OUTCOME_LABELS } from '@/lib/trials/outcome-label'
import { type FailedAttempt, failedAttempt } from './failed-attempt'
import { lastFailuresQueryOptions } from './provider-query'
import { useRefetchOnErrors } from './use-refetch-on-errors'

/** Its last failures one by one, also those that failover hid from the caller. */
export function LastFailuresPanel({ slug }: { slug: string }) {
  const query = useQuery(lastFailuresQueryOptions(slug))
  useRefetchOnErrors(slug, query.refetch)
  return (
    <Panel
      title="What failed last?"
      note={
        <>
          Newest first, the last 24 hours, UTC
          <Freshness query={query} />
        </>
      }
      actions={
        <Link
          href={logsPath({ period: '24h', provider: slug, errorClass: 'any' })}
          className={buttonClass({ variant: 'secondary' })}
        >
          All in Logs
        </Link>
      }
    >
      <QueryBody query={query} skeleton={<RowsSkeleton />} className="min-h-48">
        {({ rows }) => <Failures rows={rows} slug={slug} />}
      </QueryBody>
    </Panel>
  )
}

function Failures({ rows, slug }: { rows: readonly LogRow[]; slug: string }) {
  const failures = rows.flatMap((row) => {
    const attempt = failedAttempt(row, slug)
    return attempt === null ? [] : [{ row, attempt }]
  })
  if (failures.length === 0) {
    return <EmptyState title="Nothing failed in the last 24 hours" />
  }
  return (
    <table className="w-full text-sm">
      <caption className="sr-only">The last failed attempts</caption>
      <thead className="text-left text-xs text-muted max-md:sr-only [&_th]:h-9 [&_th]:pr-4 [&_th]:font-medium">
        <tr className="border-y">
          <th scope="col" className="pl-5">
            Time
          </th>
          <th scope="col">Model</th>
          <th scope="col">Error</th>
          <th scope="col">HTTP</th>
          <th scope="col">Request</th>
        </tr>
      </thead>
      <tbody>
        {failures.map(({ row, attempt }) => (
          <FailureRow key={row.ref} row={row} attempt={attempt} />
        ))}
      </tbody>
    </table>
  )
}

function FailureRow({ row, attempt }: { row: LogRow; attempt: FailedAttempt }) {
  const startedMs = Date.parse(row.startedAt)
  const { model, errorClass, httpStatus, savedBy } = attempt
  return (
    <tr className="border-b last:border-b-0 max-md:grid max-md:grid-cols-[auto_1fr_auto] max-md:gap-x-3 max-md:gap-y-0.5 max-md:px-4 max-md:py-2.5 md:h-11 md:[&>*]:pr-4">
      <th scope="row" className="text-left font-normal whitespace-nowrap tabular-nums md:pl-5">
        <Link
          href={requestPath(row.ref)}
          prefetch={false}
          className="font-medium text-accent-strong underline-offset-2 hover:underline"
        >
          <time dateTime={row.startedAt} title={formatInstant(startedMs)}>
            <span className="text-muted max-md:hidden">{formatDay(startedMs)}, </span>
            {formatClockSeconds(startedMs)}
          </time>
        </Link>
      </th>
      <td className="min-w-0 truncate max-md:order-3 max-md:col-span-2" title={model}>
        {entityLabel('model', model)}
      </td>
      <td className="whitespace-nowrap">
        <span className="inline-flex items-center gap-1.5">
          <Swatch color={ERROR_COLORS[errorClass]} />
          {OUTCOME_LABELS[errorClass]}
        </span>
      </td>
      <td className="text-right tabular-nums md:text-left">{httpStatus ?? UNKNOWN}</td>
      <td className="text-xs text-muted max-md:order-4 max-md:text-right">
        {savedBy === null ? 'failed' : `answered by ${savedBy}`}
      </td>
    </tr>
  )
}

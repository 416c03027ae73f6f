'use client'

import type { UseQueryResult } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import { Freshness } from '@/components/api/freshness'
import { QueryBody } from '@/components/api/query-body'
import { logsPath } from '@/components/logs/logs-path'
import { ShareBar } from '@/components/rankings/share-bar'
import { WindowNote } from '@/components/time-window/window-note'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Panel } from '@/components/ui/panel'
import { RowsSkeleton } from '@/components/ui/rows-skeleton'
import type { ModelPageAnswer } from '@/lib/analytics/models/schema'
import { formatCompact, formatExact } from '@/lib/platform/format'

const FIRST_ROWS = 8

/** The apps that use the model; each leads to its requests. */
export function AppsPanel({ query }: { query: UseQueryResult<ModelPageAnswer> }) {
  return (
    <Panel
      title="Which apps use it?"
      note={
        <>
          <WindowNote query={query} />
          <Freshness query={query} />
        </>
      }
    >
      <QueryBody query={query} skeleton={<RowsSkeleton />} className="min-h-40">
        {(answer) =>
          answer.apps.length === 0 ? (
            <EmptyState title="No app used it in this window" />
          ) : (
            <Apps answer={answer} />
          )
        }
      </QueryBody>
    </Panel>
  )
}

function Apps({ answer: { apps, from, to, model } }: { answer: ModelPageAnswer }) {
  const [isAll, setIsAll] = useState(false)
  const widestShare = apps[0]?.share ?? 0
  const shown = isAll ? apps : apps.slice(0, FIRST_ROWS)
  return (
    <>
      <table className="w-full table-fixed text-sm">
        <caption className="sr-only">Apps by tokens</caption>
        <thead className="text-xs text-muted [&_th]:h-9 [&_th]:font-medium">
          <tr className="border-y">
            <th scope="col" className="pl-4 text-left sm:pl-5">
              App
            </th>
            <th scope="col" className="w-20 text-right max-sm:hidden">
              Requests
            </th>
            <th scope="col" className="w-20 text-right max-sm:pr-4">
              Tokens
            </th>
            <th scope="col" className="w-44 pr-5 pl-6 text-left max-sm:hidden">
              Share
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ app, label, requests, totalTokens, share }) => (
            <tr key={app} className="h-11 border-b last:border-b-0">
              <th scope="row" className="truncate pl-4 text-left font-normal sm:pl-5">
                <Link
                  href={logsPath({ from, to, model, app })}
                  prefetch={false}
                  title={app}
                  className="hover:underline"
                >
                  {label}
                </Link>
              </th>
              <td className="text-right text-muted tabular-nums max-sm:hidden">{formatCompact(requests)}</td>
              <td
                className="text-right font-medium tabular-nums max-sm:pr-4"
                title={`${formatExact(totalTokens)} tokens`}
              >
                {formatCompact(totalTokens)}
              </td>
              <td className="pr-5 pl-6 max-sm:hidden">
                <ShareBar share={share} widestShare={widestShare} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {apps.length > FIRST_ROWS ? (
        <div className="border-t px-4 py-2.5 sm:px-5">
          <Button onClick={() => setIsAll(!isAll)}>
            {isAll ? `Show the first ${FIRST_ROWS}` : `Show all ${formatExact(apps.length)}`}
          </Button>
        </div>
      ) : null}
    </>
  )
}

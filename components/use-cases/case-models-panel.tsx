'use client'

import { useQuery } from '@tanstack/react-query'
import { ScrollText } from 'lucide-react'
import Link from 'next/link'
import { ExportLinks } from '@/components/api/export-links'
import { Freshness } from '@/components/api/freshness'
import { QueryBody } from '@/components/api/query-body'
import { Definition } from '@/components/definitions/definition'
import { logsPath } from '@/components/logs/logs-path'
import { rankingsExportUrl, rankingsQueryOptions } from '@/components/rankings/rankings-query'
import { ShareBar } from '@/components/rankings/share-bar'
import { type WindowChoice, windowSearchParams } from '@/components/time-window/window-choice'
import { WindowNote } from '@/components/time-window/window-note'
import { buttonClass } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Panel } from '@/components/ui/panel'
import { EntityName } from '@/components/usage/entity-name'
import type { RankingsAnswer } from '@/lib/analytics/rankings/schema'
import { formatCompact, formatExact } from '@/lib/platform/format'
import { useCaseChart } from './use-case-chart'

/** As high as the chart beside it. */
const ROW_COUNT = 6

/** The models that serve a use case, and the way to its requests. */
export function CaseModelsPanel({ choice, useCase }: { choice: WindowChoice; useCase: string }) {
  const request = { choice, by: 'model' as const, sort: 'tokens' as const, useCase }
  const query = useQuery(rankingsQueryOptions({ ...request, limit: ROW_COUNT }))
  const { chart } = useCaseChart({ choice, useCase })
  const colors = new Map(chart?.series.map(({ key, color }) => [key, color]))
  return (
    <Panel
      title="Top models"
      info={<Definition of="rank" />}
      note={
        <>
          <WindowNote query={query} />
          <Freshness query={query} />
        </>
      }
      actions={<ExportLinks subject="the models" urlOf={(format) => rankingsExportUrl(request, format)} />}
    >
      <QueryBody query={query} skeleton={<RowsSkeleton />} className="flex-1">
        {(answer) =>
          answer.rows.length === 0 ? (
            <EmptyState title="No model in this window" />
          ) : (
            <Rows answer={answer} colors={colors} />
          )
        }
      </QueryBody>
      <footer className="border-t px-4 py-2 sm:px-5">
        <Link
          href={logsPath({ useCase, ...windowSearchParams(choice) })}
          prefetch={false}
          className={`${buttonClass({ variant: 'quiet' })} -ml-3`}
        >
          <ScrollText aria-hidden="true" />
          Requests of this use case
        </Link>
      </footer>
    </Panel>
  )
}

function Rows({ answer, colors }: { answer: RankingsAnswer; colors: ReadonlyMap<string, string> }) {
  const widestShare = answer.rows[0]?.share ?? 0
  return (
    <ol>
      {answer.rows.map((row) => (
        <li
          key={row.key}
          className="grid h-13 grid-cols-[minmax(0,1fr)_3.5rem_2.75rem] items-center gap-3 border-t px-4 text-sm sm:grid-cols-[minmax(0,1fr)_4rem_6.5rem] sm:px-5"
        >
          <EntityName by="model" entityKey={row.key} label={row.label} color={colors.get(row.key) ?? null} />
          <span
            className="text-right font-medium tabular-nums"
            title={`${formatExact(row.totalTokens)} tokens`}
          >
            {formatCompact(row.totalTokens)}
          </span>
          <ShareBar share={row.share} widestShare={widestShare} />
        </li>
      ))}
    </ol>
  )
}

function RowsSkeleton() {
  return (
    <div aria-hidden="true">
      {Array.from({ length: ROW_COUNT }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are the same for ever
        <div key={index} className="flex h-13 items-center gap-3 border-t px-4 sm:px-5">
          <span className="skeleton size-8 rounded-lg" />
          <span className="skeleton h-4 w-32" />
          <span className="skeleton ml-auto h-4 w-24" />
        </div>
      ))}
    </div>
  )
}

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
import { TopRows } from '@/components/rankings/top-rows'
import { type WindowChoice, windowSearchParams } from '@/components/time-window/window-choice'
import { WindowNote } from '@/components/time-window/window-note'
import { buttonClass } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Panel } from '@/components/ui/panel'
import { RowsSkeleton } from '@/components/ui/rows-skeleton'
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
      <QueryBody
        query={query}
        skeleton={<RowsSkeleton rows={ROW_COUNT} rowHeight="h-13" />}
        className="flex-1"
      >
        {(answer) =>
          answer.rows.length === 0 ? (
            <EmptyState title="No model in this window" />
          ) : (
            <TopRows
              by="model"
              answer={answer}
              colors={colors}
              rowClass="h-13 grid-cols-[minmax(0,1fr)_3.5rem_2.75rem] sm:grid-cols-[minmax(0,1fr)_4rem_6.5rem]"
            />
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

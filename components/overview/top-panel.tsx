'use client'

import { useQuery } from '@tanstack/react-query'
import { Freshness } from '@/components/api/freshness'
import { QueryBody } from '@/components/api/query-body'
import { Definition } from '@/components/definitions/definition'
import { rankingsQueryOptions } from '@/components/rankings/rankings-query'
import { ShareBar } from '@/components/rankings/share-bar'
import { type WindowChoice, windowSearchParams } from '@/components/time-window/window-choice'
import { WindowNote } from '@/components/time-window/window-note'
import { EmptyState } from '@/components/ui/empty-state'
import { MoreLink } from '@/components/ui/more-link'
import { Panel } from '@/components/ui/panel'
import { EntityName } from '@/components/usage/entity-name'
import type { RankingsAnswer } from '@/lib/analytics/rankings/schema'
import type { RankingSubject } from '@/lib/analytics/subjects'
import { formatCompact, formatExact } from '@/lib/platform/format'

const ROW_COUNT = 6

/** The first rows of a ranking, and the way to all of it. */
export function TopPanel({
  choice,
  by,
  title,
  all,
}: {
  choice: WindowChoice
  by: RankingSubject
  title: string
  all: { label: string; href: `/${string}` }
}) {
  const query = useQuery(rankingsQueryOptions({ choice, by, sort: 'tokens', limit: ROW_COUNT }))
  const parameters = new URLSearchParams(windowSearchParams(choice))
  return (
    <Panel
      title={title}
      info={<Definition of="rank" />}
      note={
        <>
          <WindowNote query={query} />
          <Freshness query={query} />
        </>
      }
      actions={
        <MoreLink href={`${all.href}${all.href.includes('?') ? '&' : '?'}${parameters}`}>
          {all.label}
        </MoreLink>
      }
    >
      <QueryBody query={query} skeleton={<RowsSkeleton />} className="flex-1 pb-2">
        {(answer) =>
          answer.rows.length === 0 ? (
            <EmptyState title="Nothing in this window" />
          ) : (
            <Rows by={by} answer={answer} />
          )
        }
      </QueryBody>
    </Panel>
  )
}

function Rows({ by, answer }: { by: RankingSubject; answer: RankingsAnswer }) {
  const widestShare = answer.rows[0]?.share ?? 0
  return (
    <ol>
      {answer.rows.map((row) => (
        <li
          key={row.key}
          className="grid h-14 grid-cols-[1fr_3.5rem_2.75rem] items-center gap-3 border-t px-4 text-sm sm:grid-cols-[1fr_4.5rem_10rem] sm:px-5"
        >
          <EntityName by={by} entityKey={row.key} label={row.label} color={null} />
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
        <div key={index} className="flex h-14 items-center gap-3 border-t px-4 sm:px-5">
          <span className="skeleton size-8 rounded-lg" />
          <span className="skeleton h-4 w-40" />
          <span className="skeleton ml-auto h-4 w-40" />
        </div>
      ))}
    </div>
  )
}

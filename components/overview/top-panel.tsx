'use client'

import { useQuery } from '@tanstack/react-query'
import { Freshness } from '@/components/api/freshness'
import { QueryBody } from '@/components/api/query-body'
import { Definition } from '@/components/definitions/definition'
import { rankingsQueryOptions } from '@/components/rankings/rankings-query'
import { TopRows } from '@/components/rankings/top-rows'
import { type WindowChoice, windowSearchParams } from '@/components/time-window/window-choice'
import { WindowNote } from '@/components/time-window/window-note'
import { EmptyState } from '@/components/ui/empty-state'
import { MoreLink } from '@/components/ui/more-link'
import { Panel } from '@/components/ui/panel'
import { RowsSkeleton } from '@/components/ui/rows-skeleton'
import type { RankingSubject } from '@/lib/analytics/subjects'

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
      <QueryBody query={query} skeleton={<RowsSkeleton rows={ROW_COUNT} />} className="flex-1 pb-2">
        {(answer) =>
          answer.rows.length === 0 ? (
            <EmptyState title="Nothing in this window" />
          ) : (
            <TopRows
              by={by}
              answer={answer}
              rowClass="h-14 grid-cols-[1fr_3.5rem_2.75rem] sm:grid-cols-[1fr_4.5rem_10rem]"
            />
          )
        }
      </QueryBody>
    </Panel>
  )
}

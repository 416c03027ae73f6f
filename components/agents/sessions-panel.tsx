'use client'

import { useQuery } from '@tanstack/react-query'
import { ExportLinks } from '@/components/api/export-links'
import { Freshness } from '@/components/api/freshness'
import { QueryBody } from '@/components/api/query-body'
import { Definition } from '@/components/definitions/definition'
import type { WindowChoice } from '@/components/time-window/window-choice'
import { WindowNote } from '@/components/time-window/window-note'
import { EmptyState } from '@/components/ui/empty-state'
import { Panel } from '@/components/ui/panel'
import { RowsSkeleton } from '@/components/ui/rows-skeleton'
import type { SessionsAnswer } from '@/lib/analytics/agents/sessions/schema'
import { formatExact } from '@/lib/platform/format'
import { agentsExportUrl, agentsUrl, sessionsQueryOptions } from './agents-query'
import { SessionsTable } from './sessions-table'

const HEIGHT = 'min-h-80'

export function SessionsPanel({ choice }: { choice: WindowChoice }) {
  const query = useQuery(sessionsQueryOptions(choice))
  return (
    <Panel
      title="What does a session cost?"
      info={<Definition of="costPerSession" />}
      note={
        <>
          By turns, <WindowNote query={query} />
          <Freshness query={query} />
        </>
      }
      actions={
        <ExportLinks
          subject="cost per session"
          urlOf={(format) => agentsExportUrl(agentsUrl('sessions', choice), format)}
        />
      }
    >
      <QueryBody
        query={query}
        skeleton={<RowsSkeleton rows={4} rowHeight="h-12" hasHead hasMark={false} />}
        className={`${HEIGHT} flex flex-1 flex-col`}
        errorClassName={HEIGHT}
      >
        {(answer) =>
          answer.totals.sessions === 0 ? (
            <EmptyState title="No sessions began in this window">
              Requests form a session when they carry the same session id.
            </EmptyState>
          ) : (
            <>
              <SessionsTable answer={answer} />
              <p className="mt-auto border-t px-4 py-3 text-xs text-muted tabular-nums sm:px-5">
                {unknownNote(answer)}
              </p>
            </>
          )
        }
      </QueryBody>
    </Panel>
  )
}

function unknownNote({ totals: { sessions, costKnown } }: SessionsAnswer): string {
  if (costKnown === sessions) return `The cost of all ${formatExact(sessions)} sessions is known.`
  return `The cost of ${formatExact(sessions - costKnown)} of ${formatExact(sessions)} sessions is not fully known; they are left out of the costs.`
}

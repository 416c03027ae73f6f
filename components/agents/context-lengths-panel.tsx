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
import type { ContextLengthsAnswer } from '@/lib/analytics/agents/context-lengths/schema'
import { formatExact } from '@/lib/platform/format'
import { agentsExportUrl, agentsUrl, contextLengthsQueryOptions } from './agents-query'
import { ContextLengthsTable } from './context-lengths-table'

const HEIGHT = 'min-h-80'

export function ContextLengthsPanel({ choice }: { choice: WindowChoice }) {
  const query = useQuery(contextLengthsQueryOptions(choice))
  return (
    <Panel
      title="How long are requests?"
      info={<Definition of="contextLength" />}
      note={
        <>
          Requests by length, <WindowNote query={query} />
          <Freshness query={query} />
        </>
      }
      actions={
        <ExportLinks
          subject="context lengths"
          urlOf={(format) => agentsExportUrl(agentsUrl('context-lengths', choice), format)}
        />
      }
    >
      <QueryBody
        query={query}
        skeleton={<RowsSkeleton rows={5} rowHeight="h-12" hasHead hasMark={false} />}
        className={`${HEIGHT} flex flex-1 flex-col`}
        errorClassName={HEIGHT}
      >
        {(answer) =>
          answer.totals.lengthKnown === 0 ? (
            <EmptyState title="No request of this window tells its length">
              Lengths come from the tokens in the log.
            </EmptyState>
          ) : (
            <>
              <ContextLengthsTable answer={answer} />
              <p className="mt-auto border-t px-4 py-3 text-xs text-muted tabular-nums sm:px-5">
                {coverageNote(answer)}
              </p>
            </>
          )
        }
      </QueryBody>
    </Panel>
  )
}

function coverageNote({ totals: { requests, lengthKnown } }: ContextLengthsAnswer): string {
  if (lengthKnown === requests) return `The length of all ${formatExact(requests)} requests is known.`
  return `Length known for ${formatExact(lengthKnown)} of ${formatExact(requests)} requests.`
}

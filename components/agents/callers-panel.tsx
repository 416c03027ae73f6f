'use client'

import { useQuery } from '@tanstack/react-query'
import { ExportLinks } from '@/components/api/export-links'
import { Freshness } from '@/components/api/freshness'
import { QueryBody } from '@/components/api/query-body'
import { Definition } from '@/components/definitions/definition'
import type { WindowChoice } from '@/components/time-window/window-choice'
import { WindowNote } from '@/components/time-window/window-note'
import { EmptyState } from '@/components/ui/empty-state'
import { Notice } from '@/components/ui/notice'
import { Panel } from '@/components/ui/panel'
import { RowsSkeleton } from '@/components/ui/rows-skeleton'
import type { CallersAnswer } from '@/lib/analytics/agents/callers/schema'
import type { CallerSubject } from '@/lib/analytics/agents/callers/subjects'
import type { CallerClass } from '@/lib/records/caller-class'
import { agentsExportUrl, callersQueryOptions, callersUrl } from './agents-query'
import { CALLER_WORDS } from './caller-words'
import { CallersTable } from './callers-table'
import { CallersToolbar } from './callers-toolbar'
import { useDeclareCallerKind } from './use-declare-caller-kind'

const SKELETON_ROWS = 8
const HEIGHT = 'min-h-96'

export type CallersState = { by: CallerSubject; class: CallerClass | null; q: string; all: boolean }

export function CallersPanel({
  choice,
  canDeclare,
  state,
  onStateChange,
}: {
  choice: WindowChoice
  canDeclare: boolean
  state: CallersState
  onStateChange: (change: Partial<CallersState>) => void
}) {
  const { by } = state
  const query = useQuery(callersQueryOptions({ choice, by }))
  const declare = useDeclareCallerKind(by)
  return (
    <Panel
      title={CALLER_WORDS[by].question}
      info={<Definition of="callerClass" />}
      note={
        <>
          By the share of its tokens that are agentic, <WindowNote query={query} />
          <Freshness query={query} />
        </>
      }
      actions={
        <ExportLinks
          subject={CALLER_WORDS[by].many}
          urlOf={(format) => agentsExportUrl(callersUrl({ choice, by }), format)}
        />
      }
    >
      <CallersToolbar classes={query.data?.classes} state={state} onStateChange={onStateChange} />
      {declare.isError ? (
        <Notice tone="negative" role="alert" className="mx-4 mb-3 sm:mx-5">
          Not declared. {declare.error.message}
        </Notice>
      ) : null}
      <QueryBody
        query={query}
        skeleton={<RowsSkeleton rows={SKELETON_ROWS} rowHeight="h-12" hasHead hasMark={false} />}
        className={HEIGHT}
        errorClassName={HEIGHT}
      >
        {(answer: CallersAnswer) =>
          answer.rows.length === 0 ? (
            <EmptyState title={CALLER_WORDS[by].none}>{CALLER_WORDS[by].noneHint}</EmptyState>
          ) : (
            <CallersTable
              answer={answer}
              choice={choice}
              state={state}
              onStateChange={onStateChange}
              onDeclare={canDeclare ? declare.mutate : null}
            />
          )
        }
      </QueryBody>
    </Panel>
  )
}

'use client'

import { useQuery } from '@tanstack/react-query'
import { ChevronLeft } from 'lucide-react'
import Link from 'next/link'
import { useQueryStates } from 'nuqs'
import { useCallback } from 'react'
import { Freshness } from '@/components/api/freshness'
import { PanelBoundary } from '@/components/api/panel-boundary'
import { QueryBody } from '@/components/api/query-body'
import { authorWords } from '@/components/presets/author-words'
import { PageFrame } from '@/components/shell/page-frame'
import { Moment } from '@/components/ui/moment'
import type { Trial } from '@/lib/trials/schema'
import { CallDialog } from './call-dialog'
import { CallGridPanel } from './call-grid-panel'
import { ErrorsPanel } from './errors-panel'
import { FailingCallsPanel } from './failing-calls-panel'
import { ProvidersPanel } from './providers-panel'
import { TrialActions } from './trial-actions'
import { TrialNotice } from './trial-notice'
import { TrialStatus } from './trial-status'
import { TrialTiles } from './trial-tiles'
import { cellsQueryOptions, trialQueryOptions } from './trials-query'
import { trialParsers } from './trials-url-state'

export function TrialPage({ id, canStart }: { id: string; canStart: boolean }) {
  const query = useQuery(trialQueryOptions(id))
  return (
    <PageFrame>
      <Link
        href="/trials"
        className="-mb-2 inline-flex items-center gap-1 self-start text-sm text-muted hover:text-foreground"
      >
        <ChevronLeft className="size-4" aria-hidden="true" />
        All trials
      </Link>
      <QueryBody query={query} skeleton={<PageSkeleton />} className="flex flex-col gap-4 sm:gap-5">
        {(trial) => (
          <>
            <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
              <div className="min-w-0">
                <h1 className="text-xl font-semibold tracking-[-0.02em] break-words">
                  @preset/{trial.preset}
                  {trial.presetVersion === null ? null : (
                    <span className="ml-2 font-normal text-muted tabular-nums">v{trial.presetVersion}</span>
                  )}
                </h1>
                <p className="mt-0.5 text-muted">
                  <TrialStatus status={trial.status} /> · {describeRun(trial)} ·{' '}
                  <Moment iso={trial.startedAt} /> by {authorWords(trial.creator)}
                  <Freshness query={query} />
                </p>
              </div>
              <TrialActions trial={trial} canStart={canStart} />
            </header>
            <TrialNotice trial={trial} />
            <TrialBody trial={trial} />
          </>
        )}
      </QueryBody>
    </PageFrame>
  )
}

function TrialBody({ trial }: { trial: Trial }) {
  const cells = useQuery(cellsQueryOptions({ id: trial.id, trial }))
  const [{ call }, setState] = useQueryStates(trialParsers)
  const open = useCallback((index: number) => void setState({ call: index + 1 }), [setState])
  return (
    <>
      <PanelBoundary>
        <TrialTiles trial={trial} />
      </PanelBoundary>
      <PanelBoundary>
        <CallGridPanel trial={trial} cells={cells} onOpen={open} />
      </PanelBoundary>
      <div className="grid gap-4 sm:gap-5 lg:grid-cols-2">
        <PanelBoundary>
          <ErrorsPanel trial={trial} />
        </PanelBoundary>
        <PanelBoundary>
          <ProvidersPanel trial={trial} />
        </PanelBoundary>
      </div>
      <PanelBoundary>
        <FailingCallsPanel cells={cells.data ?? []} onOpen={open} />
      </PanelBoundary>
      <CallDialog
        trialId={trial.id}
        index={call === null ? null : call - 1}
        cells={cells.data ?? []}
        onOpen={open}
        onClose={() => void setState({ call: null })}
      />
    </>
  )
}

function describeRun({ concurrency, seconds, stream, origin }: Trial): string {
  const where = origin === 'page' ? 'on this server' : 'from a terminal'
  return `${concurrency} at a time, ${seconds} s at most${stream ? ', streamed' : ''}, ${where}`
}

function PageSkeleton() {
  return (
    <div aria-hidden="true" className="flex flex-col gap-5">
      <span className="skeleton h-7 w-64" />
      <span className="skeleton h-28 w-full" />
      <span className="skeleton h-56 w-full" />
    </div>
  )
}

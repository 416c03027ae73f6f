'use client'

import { useQuery } from '@tanstack/react-query'
import { Freshness } from '@/components/api/freshness'
import { QueryBody } from '@/components/api/query-body'
import { EmptyState } from '@/components/ui/empty-state'
import { Panel } from '@/components/ui/panel'
import { TrialRow } from './trial-row'
import { trialListQueryOptions } from './trials-query'

export function TrialListPanel({
  compared,
  onToggle,
  canStart,
}: {
  compared: readonly string[]
  onToggle: (id: string) => void
  canStart: boolean
}) {
  const query = useQuery(trialListQueryOptions())
  return (
    <Panel
      title="Runs"
      note={
        <>
          {compared.length === 1
            ? 'Choose one more to see the two side by side'
            : 'Newest first; choose two to see them side by side'}
          <Freshness query={query} />
        </>
      }
    >
      <QueryBody query={query} skeleton={<ListSkeleton />}>
        {(trials) =>
          trials.length === 0 ? (
            <div className="border-t">
              <EmptyState title="No trial has been run yet">
                {canStart
                  ? 'Start one above, or run the command: both appear here while they run.'
                  : 'Somebody who may call the gateway starts them; they appear here while they run.'}
              </EmptyState>
            </div>
          ) : (
            <table className="w-full text-sm">
              <caption className="sr-only">Trials, newest first</caption>
              <thead className="text-left text-xs text-muted max-md:sr-only [&_th]:h-9 [&_th]:font-medium">
                <tr className="border-y">
                  <th scope="col" className="w-14 pl-4 sm:pl-5">
                    <span className="sr-only">Compare</span>
                  </th>
                  <th scope="col">Preset</th>
                  <th scope="col">Provider</th>
                  <th scope="col" className="text-right">
                    Calls
                  </th>
                  <th scope="col" className="pl-6">
                    Errors
                  </th>
                  <th scope="col" className="text-right max-lg:hidden">
                    Tool use
                  </th>
                  <th scope="col" className="text-right max-lg:hidden">
                    p50
                  </th>
                  <th scope="col" className="w-28 pr-4 pl-6 sm:pr-5">
                    Status
                  </th>
                </tr>
              </thead>
              <tbody>
                {trials.map((trial) => (
                  <TrialRow
                    key={trial.id}
                    trial={trial}
                    isCompared={compared.includes(trial.id)}
                    onToggle={() => onToggle(trial.id)}
                  />
                ))}
              </tbody>
            </table>
          )
        }
      </QueryBody>
    </Panel>
  )
}

function ListSkeleton() {
  return (
    <div aria-hidden="true">
      {[0, 1, 2, 3].map((row) => (
        <div key={row} className="flex h-14 items-center gap-4 border-t px-4 sm:px-5">
          <span className="skeleton size-4" />
          <span className="skeleton h-4 w-40" />
          <span className="skeleton h-4 w-24 max-sm:hidden" />
          <span className="skeleton ml-auto h-4 w-20" />
        </div>
      ))}
    </div>
  )
}

'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Columns2, Play, Square, Trash2 } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { errorMessage } from '@/components/api/error-note'
import { Button, buttonClass } from '@/components/ui/button'
import type { Trial } from '@/lib/trials/schema'
import { DeleteTrialDialog } from './delete-trial-dialog'
import { useStartTrial } from './start-trial-panel'
import { previousTrialQueryOptions, stopTrial, trialQueryOptions } from './trials-query'

/** What can be done with a trial: stop it, run it again, hold it against the run before, delete it. */
export function TrialActions({ trial, canStart }: { trial: Trial; canStart: boolean }) {
  const [isDeleting, setIsDeleting] = useState(false)
  const client = useQueryClient()
  const previous = useQuery(previousTrialQueryOptions(trial))
  const again = useStartTrial()
  const stop = useMutation({
    mutationFn: stopTrial,
    onSuccess: (stopped) => client.setQueryData(trialQueryOptions(stopped.id).queryKey, stopped),
  })
  const isOver = trial.status !== 'running'
  const error = stop.error ?? again.error
  const { preset, calls, concurrency, seconds, stream, seed } = trial
  return (
    <div className="flex flex-col items-end gap-1.5 max-sm:items-start">
      <div className="flex flex-wrap gap-2">
        {canStart && !isOver ? (
          <Button variant="danger" disabled={stop.isPending} onClick={() => stop.mutate(trial.id)}>
            <Square aria-hidden="true" />
            {stop.isPending ? 'Stopping…' : 'Stop'}
          </Button>
        ) : null}
        {previous.data ? (
          <Link
            href={`/trials?compare=${previous.data.id},${trial.id}`}
            className={buttonClass({ variant: 'secondary' })}
          >
            <Columns2 aria-hidden="true" />
            Compare with previous
          </Link>
        ) : null}
        {canStart && isOver ? (
          <>
            <Button
              variant="primary"
              disabled={again.isPending}
              onClick={() => again.mutate({ preset, calls, concurrency, seconds, stream, seed })}
            >
              <Play aria-hidden="true" />
              {again.isPending ? 'Starting…' : 'Run again'}
            </Button>
            <Button
              variant="quiet"
              size="icon"
              onClick={() => setIsDeleting(true)}
              aria-label="Delete the trial"
              title="Delete the trial"
            >
              <Trash2 aria-hidden="true" />
            </Button>
          </>
        ) : null}
      </div>
      {error ? (
        <p role="alert" className="text-sm text-negative">
          {errorMessage(error)}
        </p>
      ) : null}
      <DeleteTrialDialog id={trial.id} isOpen={isDeleting} onClose={() => setIsDeleting(false)} />
    </div>
  )
}

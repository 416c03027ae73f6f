'use client'

import { useQuery } from '@tanstack/react-query'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { QueryBody } from '@/components/api/query-body'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { isErrorOutcome } from '@/lib/trials/call-outcome'
import type { TrialCell } from '@/lib/trials/schema'
import { CallDetail } from './call-detail'
import { callQueryOptions } from './trials-query'

/** One call with all that is kept of it; from a failing one the way leads to the other failing ones. */
export function CallDialog({
  trialId,
  index,
  cells,
  onOpen,
  onClose,
}: {
  trialId: string
  /** Null = no call is open. */
  index: number | null
  cells: readonly TrialCell[]
  onOpen: (index: number) => void
  onClose: () => void
}) {
  return (
    <Dialog
      title={index === null ? 'Call' : `Call ${index + 1}`}
      isOpen={index !== null}
      onClose={onClose}
      size="large"
    >
      {index === null ? null : (
        <>
          <OpenCall trialId={trialId} index={index} />
          <div className="mt-5 flex flex-wrap justify-between gap-2">
            <FailingNeighbours index={index} cells={cells} onOpen={onOpen} />
            <Button variant="primary" onClick={onClose}>
              Close
            </Button>
          </div>
        </>
      )}
    </Dialog>
  )
}

function OpenCall({ trialId, index }: { trialId: string; index: number }) {
  const query = useQuery(callQueryOptions({ id: trialId, index }))
  return (
    <QueryBody query={query} skeleton={<span aria-hidden="true" className="skeleton block h-72" />}>
      {(call) => <CallDetail call={call} />}
    </QueryBody>
  )
}

function FailingNeighbours({
  index,
  cells,
  onOpen,
}: {
  index: number
  cells: readonly TrialCell[]
  onOpen: (index: number) => void
}) {
  const failing = cells.filter(({ outcome }) => isErrorOutcome(outcome)).map((cell) => cell.index)
  const before = failing.findLast((other) => other < index)
  const after = failing.find((other) => other > index)
  return (
    <div className="flex gap-2">
      <Button disabled={before === undefined} onClick={() => before !== undefined && onOpen(before)}>
        <ChevronLeft aria-hidden="true" />
        Failing before
      </Button>
      <Button disabled={after === undefined} onClick={() => after !== undefined && onOpen(after)}>
        Next failing
        <ChevronRight aria-hidden="true" />
      </Button>
    </div>
  )
}

'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Panel } from '@/components/ui/panel'
import { formatDuration, formatExact } from '@/lib/platform/format'
import { isErrorOutcome } from '@/lib/trials/call-outcome'
import { OUTCOME_LABELS } from '@/lib/trials/outcome-label'
import type { TrialCell } from '@/lib/trials/schema'

const SHOWN_AT_FIRST = 15

/** The calls that went wrong, each to be opened. */
export function FailingCallsPanel({
  cells,
  onOpen,
}: {
  cells: readonly TrialCell[]
  onOpen: (index: number) => void
}) {
  const [isAll, setIsAll] = useState(false)
  const failing = cells.filter(({ outcome }) => isErrorOutcome(outcome))
  if (failing.length === 0) return null
  const shown = isAll ? failing : failing.slice(0, SHOWN_AT_FIRST)
  return (
    <Panel
      title="Failing calls"
      note="Open one to see what was asked for, what came back, and why it is no good"
    >
      <table className="w-full text-sm">
        <caption className="sr-only">Failing calls, in order</caption>
        <thead className="text-left text-xs text-muted max-md:sr-only [&_th]:h-9 [&_th]:font-medium">
          <tr className="border-y">
            <th scope="col" className="w-28 pl-4 sm:pl-5">
              Call
            </th>
            <th scope="col">What went wrong</th>
            <th scope="col">Request</th>
            <th scope="col">Provider</th>
            <th scope="col" className="pr-4 text-right sm:pr-5">
              Took
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((cell) => (
            <FailingRow key={cell.index} cell={cell} onOpen={onOpen} />
          ))}
        </tbody>
      </table>
      {shown.length < failing.length ? (
        <div className="border-t p-2 text-center">
          <Button variant="quiet" onClick={() => setIsAll(true)}>
            Show all {formatExact(failing.length)}
          </Button>
        </div>
      ) : null}
    </Panel>
  )
}

function FailingRow({ cell, onOpen }: { cell: TrialCell; onOpen: (index: number) => void }) {
  const { index, outcome, scenario, provider, durationMs } = cell
  return (
    <tr className="relative border-b last:border-b-0 hover:bg-sunken max-md:grid max-md:grid-cols-[auto_1fr_auto] max-md:gap-x-3 max-md:border-t max-md:border-b-0 max-md:px-4 max-md:py-2.5 md:h-10">
      <th scope="row" className="text-left font-normal tabular-nums max-md:row-span-2 md:pl-5">
        <Button
          size="small"
          className="w-13 after:absolute after:inset-0"
          onClick={() => onOpen(index)}
          aria-label={`Open call ${index + 1}`}
        >
          {index + 1}
        </Button>
      </th>
      <td className="font-medium text-negative">{OUTCOME_LABELS[outcome]}</td>
      <td className="max-md:order-5 max-md:text-xs max-md:text-muted">{scenario}</td>
      <td className="max-md:order-4 max-md:text-right max-md:text-xs">
        {provider ?? <span className="text-muted">none</span>}
      </td>
      <td className="text-right text-muted tabular-nums max-md:order-6 max-md:text-xs md:pr-5">
        {formatDuration(durationMs)}
      </td>
    </tr>
  )
}

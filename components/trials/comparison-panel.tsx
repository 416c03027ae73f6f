'use client'

import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { X } from 'lucide-react'
import Link from 'next/link'
import { QueryBody } from '@/components/api/query-body'
import { Button } from '@/components/ui/button'
import { Moment } from '@/components/ui/moment'
import { Panel } from '@/components/ui/panel'
import {
  type ComparisonRow,
  compareTrials,
  comparisonHeadline,
  inOrder,
  type Verdict,
} from '@/lib/trials/compare-trials'
import type { Trial } from '@/lib/trials/schema'
import { PresetChange } from './preset-change'
import { trialQueryOptions } from './trials-query'

const TONES = {
  better: 'text-positive',
  worse: 'text-negative',
  neutral: 'text-muted',
} as const satisfies Record<Verdict, string>

/** Two trials side by side, the earlier one first: what an edit of the preset changed. */
export function ComparisonPanel({ ids, onClose }: { ids: [string, string]; onClose: () => void }) {
  const first = useQuery(trialQueryOptions(ids[0]))
  const second = useQuery(trialQueryOptions(ids[1]))
  return (
    <Panel
      title="Side by side"
      note="Two runs of the same requests, the earlier one first"
      actions={
        <Button variant="quiet" size="icon" onClick={onClose} aria-label="Close the comparison">
          <X aria-hidden="true" />
        </Button>
      }
    >
      <QueryBody query={first} skeleton={<ComparisonSkeleton />}>
        {(one) => (
          <QueryBody query={second} skeleton={<ComparisonSkeleton />}>
            {(other) => <Comparison trials={[one, other]} />}
          </QueryBody>
        )}
      </QueryBody>
    </Panel>
  )
}

function Comparison({ trials }: { trials: [Trial, Trial] }) {
  const pair = inOrder(trials)
  return (
    <>
      <p className="px-4 pb-3.5 text-base sm:px-5">{comparisonHeadline(pair)}</p>
      <table className="w-full table-fixed text-sm">
        <caption className="sr-only">What differs between the two trials</caption>
        <thead>
          <tr className="border-y text-left [&_th]:py-2.5 [&_th]:font-medium">
            <th scope="col" className="w-1/3 pl-4 text-xs text-muted sm:w-1/5 sm:pl-5">
              <span className="sr-only">Figure</span>
            </th>
            <TrialHeading trial={pair.before} name="Before" />
            <TrialHeading trial={pair.after} name="After" />
            <th scope="col" className="w-1/5 pr-4 text-right text-xs text-muted max-sm:hidden sm:pr-5">
              Change
            </th>
          </tr>
        </thead>
        <tbody>
          {compareTrials(pair).map((row) => (
            <Row key={row.label} row={row} />
          ))}
        </tbody>
      </table>
      <PresetChange pair={pair} />
    </>
  )
}

function TrialHeading({ trial, name }: { trial: Trial; name: string }) {
  return (
    <th scope="col" className="pr-3 align-top">
      <span className="block text-xs text-muted">{name}</span>
      <Link href={`/trials/${trial.id}`} className="underline-offset-2 hover:underline">
        {trial.preset}
      </Link>
      <span className="block text-xs font-normal text-muted">
        <Moment iso={trial.startedAt} />
        {trial.status === 'finished' ? '' : ` · ${trial.status}`}
      </span>
    </th>
  )
}

function Row({ row }: { row: ComparisonRow }) {
  return (
    <tr className="h-9 border-b last:border-b-0">
      <th scope="row" className="py-1.5 pr-3 pl-4 text-left font-normal text-muted sm:pl-5">
        {row.label}
      </th>
      <td className="py-1.5 pr-3 tabular-nums">{row.before}</td>
      <td className={clsx('py-1.5 pr-3 tabular-nums', row.isDifferent && 'font-medium')}>
        {row.after}
        {row.change === null ? null : (
          <span className={clsx('block text-xs font-normal sm:hidden', TONES[row.verdict])}>
            {row.change}
          </span>
        )}
      </td>
      <td className={clsx('pr-4 text-right tabular-nums max-sm:hidden sm:pr-5', TONES[row.verdict])}>
        {row.change ?? (row.isDifferent ? 'differs' : '')}
      </td>
    </tr>
  )
}

function ComparisonSkeleton() {
  return (
    <div aria-hidden="true" className="min-h-150 max-sm:min-h-180">
      {[0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((row) => (
        <div key={row} className="flex h-9 items-center gap-8 border-t px-4 sm:px-5">
          <span className="skeleton h-4 w-32" />
          <span className="skeleton h-4 w-24" />
          <span className="skeleton h-4 w-24" />
        </div>
      ))}
    </div>
  )
}

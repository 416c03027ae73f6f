import type { ReactNode } from 'react'
import type { FunnelAnswer } from '@/lib/analytics/tools/funnel/schema'
import { formatExact, formatPercent, formatWholePercent } from '@/lib/platform/format'
import { FUNNEL_LOOK } from './funnel-look'

type Totals = FunnelAnswer['totals']

/** The three shares as one calculation, and the same as bars that narrow from step to step. */
export function FunnelSteps({ totals }: { totals: Totals }) {
  return (
    <>
      <Calculation totals={totals} />
      <ol aria-label="Tool funnel" className="mt-5 flex flex-1 flex-col justify-evenly gap-3">
        <Step label="Tools known" count={totals.requests} of={totals.requests} color="var(--chart-other)" />
        <Step
          label={FUNNEL_LOOK.offered.label}
          count={totals.offered}
          of={totals.requests}
          color={FUNNEL_LOOK.offered.color}
          share={<>{formatPercent(totals.offeredShare)} of them</>}
        />
        <Step
          label={FUNNEL_LOOK.used.label}
          count={totals.used}
          of={totals.requests}
          color={FUNNEL_LOOK.used.color}
          share={<>{formatPercent(totals.usedShare)} of those offered</>}
        />
        <Step
          label={FUNNEL_LOOK.finished.label}
          count={totals.finishedByToolCall}
          of={totals.requests}
          color={FUNNEL_LOOK.finished.color}
          share={<>{formatPercent(totals.finishedShare)} of all</>}
        />
      </ol>
      <LeftOut totals={totals} />
    </>
  )
}

function Calculation({ totals }: { totals: Totals }) {
  // Only when every use ended the answer are the three one product.
  const isProduct = totals.used === totals.finishedByToolCall
  return (
    <dl className="grid grid-cols-3 items-start gap-x-8 sm:gap-x-10">
      <Figure term="offered tools" share={totals.offeredShare} color={FUNNEL_LOOK.offered.color} />
      <Figure term="used one" share={totals.usedShare} color={FUNNEL_LOOK.used.color} operator="×" />
      <Figure
        term="finished by tool call"
        share={totals.finishedShare}
        color={FUNNEL_LOOK.finished.color}
        operator={isProduct ? '=' : '≈'}
      />
    </dl>
  )
}

function Figure({
  term,
  share,
  color,
  operator,
}: {
  term: string
  share: number | null
  color: string
  /** Stands in the gap to the figure before. */
  operator?: '×' | '=' | '≈'
}) {
  return (
    <div
      data-operator={operator}
      className="relative flex min-w-0 flex-col-reverse justify-end border-t-2 pt-1 before:absolute before:top-2.5 before:-left-8 before:w-8 before:text-center before:text-xl before:text-muted before:content-[attr(data-operator)] sm:before:-left-10 sm:before:w-10"
      style={{ borderColor: color }}
    >
      <dt className="text-xs text-muted">{term}</dt>
      <dd
        className="text-3xl leading-10 font-semibold tracking-[-0.03em] tabular-nums max-sm:text-2xl"
        title={share === null ? 'Nothing to take a share of' : formatPercent(share)}
      >
        {formatWholePercent(share)}
      </dd>
    </div>
  )
}

function Step({
  label,
  count,
  of,
  color,
  share,
}: {
  label: string
  count: number
  of: number
  color: string
  share?: ReactNode
}) {
  return (
    <li className="text-sm">
      <span className="flex items-baseline justify-between gap-3 tabular-nums">
        <span>
          {label}
          {share ? <span className="ml-2 text-xs text-muted">{share}</span> : null}
        </span>
        <span className="font-medium">{formatExact(count)}</span>
      </span>
      <span aria-hidden="true" className="mt-1.5 block h-2.5 rounded-full bg-hover">
        <span
          className="block h-full rounded-full"
          style={{ width: `${of > 0 ? (count / of) * 100 : 0}%`, background: color }}
        />
      </span>
    </li>
  )
}

function LeftOut({ totals }: { totals: Totals }) {
  const { unknownRequests, used, finishedByToolCall } = totals
  const difference = used - finishedByToolCall
  return (
    <p className="pt-4 text-xs text-muted">
      {difference > 0 ? `${formatExact(difference)} requests used a tool and ended otherwise. ` : null}
      {unknownRequests > 0
        ? `${formatExact(unknownRequests)} requests are left out: their logs say nothing about tools.`
        : 'Every request of the window says whether tools were offered.'}
    </p>
  )
}

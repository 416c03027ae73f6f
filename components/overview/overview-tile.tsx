import clsx from 'clsx'
import Link from 'next/link'
import { Sparkline } from '@/components/charts/sparkline'
import { Definition } from '@/components/definitions/definition'
import { type WindowChoice, windowSearchParams } from '@/components/time-window/window-choice'
import { FigureSkeleton } from '@/components/ui/figure-skeleton'
import type { Compared, OverviewAnswer } from '@/lib/analytics/overview/schema'
import { formatPercent, UNKNOWN } from '@/lib/platform/format'
import type { Tile } from './tiles'

/** Smaller changes are written as none. */
const LEAST_CHANGE = 0.000_05

/** One number with its unit, its change and its course, all of it a link; the same height whatever is known. */
export function OverviewTile({
  tile,
  answer,
  trend,
  choice,
  isDimmed,
}: {
  tile: Tile
  answer: OverviewAnswer | undefined
  trend: number[] | undefined
  choice: WindowChoice
  isDimmed: boolean
}) {
  const compared = answer?.[tile.name]
  return (
    <div className="relative flex min-w-0 flex-col bg-surface px-4 pt-3 pb-3.5 transition-colors hover:bg-hover/60 sm:px-5">
      <dt className="flex items-center gap-1.5 text-sm text-muted">
        <Link
          href={`${tile.href}?${new URLSearchParams(windowSearchParams(choice))}`}
          className="truncate after:absolute after:inset-0 after:rounded-sm hover:text-foreground"
        >
          {tile.label}
        </Link>
        <span className="relative z-10 flex">
          <Definition of={tile.definition} />
        </span>
      </dt>
      <dd className={clsx('transition-opacity', isDimmed && 'opacity-50')}>
        {compared === undefined ? <FigureSkeleton /> : <Figure tile={tile} compared={compared} />}
        <Foot tile={tile} answer={answer} trend={trend} />
      </dd>
    </div>
  )
}

function Foot({
  tile,
  answer,
  trend,
}: {
  tile: Tile
  answer: OverviewAnswer | undefined
  trend: number[] | undefined
}) {
  switch (tile.foot) {
    case 'meter':
      return <Meter share={answer?.[tile.name].value ?? null} />
    case 'funnel':
      return <Funnel offered={answer?.toolsOfferedShare ?? null} used={answer?.toolsUsedShare ?? null} />
    case 'trend':
      return trend ? (
        <Sparkline values={trend} color="var(--accent)" isFilled className="mt-2 h-8 w-full" />
      ) : (
        <span className="mt-2 block h-8" />
      )
  }
}

/** The steps whose product the number is. */
function Funnel({ offered, used }: { offered: number | null; used: number | null }) {
  const isKnown = offered !== null && used !== null
  return (
    <span className="mt-2 flex h-8 flex-col justify-end gap-1.5">
      <span className="truncate text-2xs text-muted tabular-nums">
        {isKnown ? `${formatPercent(offered)} offered × ${formatPercent(used)} used` : null}
      </span>
      <span aria-hidden="true" className="relative block h-1.5 overflow-hidden rounded-full bg-hover">
        {isKnown ? (
          <>
            <span className="absolute inset-y-0 left-0 bg-accent/35" style={{ width: `${offered * 100}%` }} />
            <span
              className="absolute inset-y-0 left-0 bg-accent"
              style={{ width: `${offered * used * 100}%` }}
            />
          </>
        ) : null}
      </span>
    </span>
  )
}

function Figure({ tile, compared }: { tile: Tile; compared: Compared }) {
  const { value, change } = compared
  const parts = value === null ? { figure: UNKNOWN, suffix: '' } : tile.parts(value)
  return (
    <>
      <span
        className="mt-0.5 block text-2xl leading-9 font-semibold tracking-[-0.03em] tabular-nums"
        title={value === null ? 'Not known' : tile.exact(value)}
      >
        {parts.figure}
        <span className="ml-0.5 text-lg font-medium text-muted">{parts.suffix}</span>
      </span>
      <span className={clsx('block text-xs tabular-nums', changeTone(tile, change))}>
        {change === null ? 'nothing to compare with' : tile.change(change)}
      </span>
    </>
  )
}

/** A part of the whole as a filled track: what is missing from it is what went wrong. */
function Meter({ share }: { share: number | null }) {
  return (
    <span className="mt-2 flex h-8 flex-col justify-end gap-1.5">
      <span className="text-2xs text-muted tabular-nums">
        {share === null ? null : `${formatPercent(1 - share)} failed`}
      </span>
      <span
        aria-hidden="true"
        className={clsx(
          'block h-1.5 overflow-hidden rounded-full',
          share === null ? 'bg-hover' : 'bg-negative/70',
        )}
      >
        {share === null ? null : (
          <span
            className="block h-full border-r-2 border-surface bg-accent"
            style={{ width: `${share * 100}%` }}
          />
        )}
      </span>
    </span>
  )
}

function changeTone(tile: Tile, change: number | null): string {
  if (!tile.isMoreBetter || change === null || Math.abs(change) < LEAST_CHANGE) return 'text-muted'
  return change > 0 ? 'text-positive' : 'text-negative'
}

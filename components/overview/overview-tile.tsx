import clsx from 'clsx'
import { Sparkline } from '@/components/charts/sparkline'
import { Definition } from '@/components/definitions/definition'
import type { Compared } from '@/lib/analytics/overview/schema'
import { formatPercent, UNKNOWN } from '@/lib/platform/format'
import type { Tile } from './tiles'

/** One number with its unit, its change and its course; the same height whatever is known. */
export function OverviewTile({
  tile,
  compared,
  trend,
  isDimmed,
}: {
  tile: Tile
  compared: Compared | undefined
  trend: number[] | undefined
  isDimmed: boolean
}) {
  return (
    <div className="relative flex min-w-0 flex-col bg-surface px-4 pt-3 pb-3.5 max-sm:last:col-span-2 max-lg:sm:last:col-span-2 sm:px-5">
      <dt className="flex items-center gap-1.5 text-sm text-muted">
        {tile.label}
        <Definition of={tile.definition} />
      </dt>
      <dd className={clsx('transition-opacity', isDimmed && 'opacity-50')}>
        {compared === undefined ? (
          <span className="mt-2 mb-1.5 flex h-11 flex-col justify-between">
            <span className="skeleton h-6 w-24" />
            <span className="skeleton h-3 w-14" />
          </span>
        ) : (
          <Figure tile={tile} compared={compared} />
        )}
        {tile.isPartOfWhole ? (
          <Meter share={compared?.value ?? null} />
        ) : trend ? (
          <Sparkline values={trend} color="var(--accent)" isFilled className="mt-2 h-8 w-full" />
        ) : (
          <span className="mt-2 block h-8" />
        )}
      </dd>
    </div>
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
  if (!tile.isMoreBetter || change === null || change === 0) return 'text-muted'
  return change > 0 ? 'text-positive' : 'text-negative'
}

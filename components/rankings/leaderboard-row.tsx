import clsx from 'clsx'
import { Sparkline } from '@/components/charts/sparkline'
import { EntityName } from '@/components/usage/entity-name'
import type { RankingRow } from '@/lib/analytics/rankings/schema'
import type { RankingSubject } from '@/lib/analytics/subjects'
import { formatChange, formatCompact, formatExact, formatPercent } from '@/lib/platform/format'
import { RankChange } from './rank-change'
import { ShareBar } from './share-bar'

export function LeaderboardRow({
  row,
  by,
  isTrending,
  widestShare,
  hasPrevious,
  trend,
  color,
  onPoint,
}: {
  row: RankingRow
  by: RankingSubject
  isTrending: boolean
  widestShare: number
  /** False where nothing was logged in the preceding window: then nothing is new either. */
  hasPrevious: boolean
  trend: number[] | null | undefined
  color: string | null
  onPoint: (key: string | null) => void
}) {
  const tokens = isTrending ? (row.excessTokens ?? 0) : row.totalTokens
  return (
    <tr
      onPointerEnter={() => onPoint(color ? row.key : null)}
      className="h-13 border-b transition-colors hover:bg-sunken"
    >
      <td className="pl-4 sm:pl-5">
        <span className="inline-flex items-baseline gap-2 tabular-nums">
          <span className="min-w-[2ch] text-right font-medium">{row.rank}</span>
          {hasPrevious ? <RankChange rank={row.rank} previousRank={row.previousRank} /> : null}
        </span>
      </td>
      <td className="py-1.5 pr-2">
        <EntityName by={by} entityKey={row.key} label={row.label} color={color} />
      </td>
      <td className="max-md:hidden">
        {trend === undefined ? (
          <span className="skeleton block h-5 w-24" />
        ) : (
          <Sparkline values={trend ?? []} color={color ?? 'var(--muted)'} className="h-6 w-24 lg:w-36" />
        )}
      </td>
      <td className="text-right tabular-nums max-sm:pr-4" title={`${formatExact(tokens)} tokens`}>
        <span className="font-medium">
          {isTrending ? '+' : ''}
          {formatCompact(tokens)}
        </span>
        <span className="block text-2xs text-muted md:hidden">
          {formatPercent(row.share)} <span className="sm:hidden">· {changeText(row, hasPrevious)}</span>
        </span>
      </td>
      <td className="pl-6 max-md:hidden">
        <ShareBar share={row.share} widestShare={widestShare} />
      </td>
      <td className={clsx('text-right tabular-nums max-sm:hidden', changeTone(row.change))}>
        {changeText(row, hasPrevious)}
      </td>
      <td className="pr-5 text-right text-muted tabular-nums max-lg:hidden" title={formatExact(row.requests)}>
        {formatCompact(row.requests)}
      </td>
    </tr>
  )
}

function changeText(row: RankingRow, hasPrevious: boolean): string {
  return hasPrevious && row.previousTotalTokens === 0 ? 'new' : formatChange(row.change)
}

function changeTone(change: number | null): string {
  if (change === null || Math.abs(change) < 0.0005) return 'text-muted'
  return change > 0 ? 'text-positive' : 'text-negative'
}

import clsx from 'clsx'
import { EntityName } from '@/components/usage/entity-name'
import type { RankingsAnswer } from '@/lib/analytics/rankings/schema'
import type { RankingSubject } from '@/lib/analytics/subjects'
import { formatCompact, formatExact } from '@/lib/platform/format'
import { ShareBar } from './share-bar'

/** The first rows of a ranking by tokens, each with its share beside the largest one. */
export function TopRows({
  by,
  answer,
  colors,
  rowClass,
}: {
  by: RankingSubject
  answer: RankingsAnswer
  /** By key, where a chart beside them has the same rows. */
  colors?: ReadonlyMap<string, string>
  /** The height of a row and the widths of its name, tokens and share. */
  rowClass: string
}) {
  const widestShare = answer.rows[0]?.share ?? 0
  return (
    <ol>
      {answer.rows.map((row) => (
        <li key={row.key} className={clsx('grid items-center gap-3 border-t px-4 text-sm sm:px-5', rowClass)}>
          <EntityName by={by} entityKey={row.key} label={row.label} color={colors?.get(row.key) ?? null} />
          <span
            className="text-right font-medium tabular-nums"
            title={`${formatExact(row.totalTokens)} tokens`}
          >
            {formatCompact(row.totalTokens)}
          </span>
          <ShareBar share={row.share} widestShare={widestShare} />
        </li>
      ))}
    </ol>
  )
}

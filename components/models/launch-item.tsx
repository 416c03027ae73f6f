'use client'

import { EntityName } from '@/components/usage/entity-name'
import type { LaunchRow } from '@/lib/analytics/models/schema'
import { formatCompact, formatDay, formatExact } from '@/lib/platform/format'
import { nameInSlug } from './name-in-slug'

/** One launch: its day, the model, and the tokens since. */
export function LaunchItem({ row, mostTokens }: { row: LaunchRow; mostTokens: number }) {
  const width = mostTokens > 0 ? (row.totalTokens / mostTokens) * 100 : 0
  return (
    <li className="grid grid-cols-[3.5rem_1fr_auto] items-center gap-x-3 px-4 py-2 text-sm hover:bg-sunken sm:grid-cols-[5rem_minmax(0,1fr)_minmax(0,16rem)_7rem] sm:px-5">
      <span className="text-muted tabular-nums">
        <time dateTime={row.launchedOn}>{formatDay(Date.parse(row.launchedOn))}</time>
        <span className="block text-2xs">{row.launchSource === 'catalog' ? 'released' : 'first seen'}</span>
      </span>
      <EntityName
        by="model"
        entityKey={row.model}
        label={row.name === nameInSlug(row.model) ? row.model : row.name}
        color={null}
      />
      <span aria-hidden="true" className="h-1.5 overflow-hidden rounded-full bg-hover max-sm:hidden">
        <span className="block h-full rounded-full bg-accent/70" style={{ width: `${width}%` }} />
      </span>
      <span className="text-right tabular-nums" title={`${formatExact(row.totalTokens)} tokens`}>
        <span className="font-medium">{formatCompact(row.totalTokens)}</span>
        <span className="text-muted"> tokens</span>
        <span className="block text-2xs text-muted">
          {row.rank === null ? 'not used' : `rank ${row.rank}`}
        </span>
      </span>
    </li>
  )
}

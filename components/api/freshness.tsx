'use client'

import type { UseQueryResult } from '@tanstack/react-query'
import { formatClock } from '@/lib/platform/format'

/** Nothing while numbers are fresh; when updating fails, since when they have stood still. */
export function Freshness({ query }: { query: UseQueryResult<unknown> }) {
  if (!query.isError || query.data === undefined) return null
  return (
    <span role="status" className="text-warning">
      {' · '}not updating since {formatClock(query.dataUpdatedAt)} UTC{' '}
      <button
        type="button"
        className="font-medium underline underline-offset-2"
        disabled={query.isFetching}
        onClick={() => void query.refetch()}
      >
        Try again
      </button>
    </span>
  )
}

import type { UseQueryResult } from '@tanstack/react-query'
import { formatWindow } from '@/lib/platform/format'
import type { Granularity } from '@/lib/platform/time-buckets'

const GRANULARITY_NAMES = { minute: 'per minute', hour: 'per hour', day: 'per day' } satisfies Record<
  Granularity,
  string
>

/** The window the numbers really cover, as the answer states it. */
export function WindowNote({
  query,
}: {
  query: UseQueryResult<{ from: string; to: string; granularity?: Granularity }>
}) {
  const { data } = query
  if (data === undefined && query.isError) return <span>Not loaded</span>
  if (data === undefined) return <span className="skeleton inline-block h-3 w-44 align-middle" />
  return (
    <span className="tabular-nums">
      {formatWindow(Date.parse(data.from), Date.parse(data.to))}
      {data.granularity ? `, ${GRANULARITY_NAMES[data.granularity]}` : null}
    </span>
  )
}

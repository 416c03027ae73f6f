import type { UseQueryResult } from '@tanstack/react-query'
import { formatInstant, formatWindow } from '@/lib/platform/format'
import type { Granularity } from '@/lib/time/time-buckets'

const GRANULARITY_NAMES = { minute: 'per minute', hour: 'per hour', day: 'per day' } satisfies Record<
  Granularity,
  string
>

/** The window the numbers really cover, as the answer states it; both ends to the minute on hover. */
export function WindowNote({
  query,
  isWithColumns = true,
}: {
  query: UseQueryResult<{ from: string; to: string; granularity?: Granularity }>
  /** Whether to say how wide the answer's columns are; not where they are drawn in others. */
  isWithColumns?: boolean
}) {
  const { data } = query
  if (data === undefined && query.isError) return <span>Not loaded</span>
  if (data === undefined) return <span className="skeleton inline-block h-3 w-40 align-middle" />
  const fromMs = Date.parse(data.from)
  const toMs = Date.parse(data.to)
  return (
    <span className="tabular-nums" title={`From ${formatInstant(fromMs)} to ${formatInstant(toMs)}`}>
      {formatWindow(fromMs, toMs)}
      {isWithColumns && data.granularity ? `, ${GRANULARITY_NAMES[data.granularity]}` : null}
    </span>
  )
}

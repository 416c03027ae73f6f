import type { Granularity } from '@/lib/analytics/window'
import { formatWindow } from '@/lib/platform/format'

const GRANULARITY_NAMES = { minute: 'per minute', hour: 'per hour', day: 'per day' } satisfies Record<
  Granularity,
  string
>

/** The window the numbers really cover, as the answer states it. */
export function WindowNote({
  answer,
  granularity,
}: {
  answer: { from: string; to: string } | undefined
  granularity?: Granularity | undefined
}) {
  if (answer === undefined) return <span className="skeleton inline-block h-3 w-44 align-middle" />
  return (
    <span className="tabular-nums">
      {formatWindow(Date.parse(answer.from), Date.parse(answer.to))}
      {granularity ? `, ${GRANULARITY_NAMES[granularity]}` : null}
    </span>
  )
}

'use client'

import Link from 'next/link'
import { useMemo } from 'react'
import { newsText } from '@/components/live/news-text'
import { STATUS_LOOKS } from '@/components/live/status-look'
import { StatusMark } from '@/components/live/status-mark'
import { useLiveEndpoints } from '@/components/live/use-live'
import type { LiveEndpoint } from '@/lib/live/schema'
import { compareUrgency, isFailing, judgedUptime } from '@/lib/live/wall/cell-rank'
import type { WallEndpoint } from '@/lib/live/wall/group-cells'
import { formatExact, formatPercent } from '@/lib/platform/format'
import { endpointLogsPath } from './endpoint-logs-path'

const MOST_ROWS = 50

/**
 * What fails now, worst first, in words: beside the wall for those who look, instead of it for those who listen. It fills
 * the room it is given and scrolls in it, because its length changes by the second.
 */
export function FailingList({ directory }: { directory: readonly WallEndpoint[] }) {
  const live = useLiveEndpoints()
  const failing = useMemo(() => {
    if (live === undefined) return undefined
    return directory
      .flatMap((endpoint) => {
        const health = live.get(endpoint.endpointId)
        return health && isFailing(health) ? [{ endpoint, health }] : []
      })
      .sort((left, right) => compareUrgency(left.health, right.health))
  }, [directory, live])
  return (
    <section aria-label="Failing now" className="absolute inset-0 flex min-w-0 flex-col">
      <h3 className="pb-2 text-xs font-medium">
        <span role="status">
          {failing === undefined ? 'Waiting for the first news' : headline(failing.length)}
        </span>
      </h3>
      <ol
        aria-label="Endpoints that fail"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        className="-mx-2 min-h-0 flex-1 overflow-y-auto"
      >
        {failing?.slice(0, MOST_ROWS).map(({ endpoint, health }) => (
          <FailingRow key={endpoint.endpointId} endpoint={endpoint} health={health} />
        ))}
      </ol>
    </section>
  )
}

function FailingRow({ endpoint, health }: { endpoint: WallEndpoint; health: LiveEndpoint }) {
  const uptime = judgedUptime(health)
  return (
    <li>
      <Link
        href={endpointLogsPath(endpoint)}
        prefetch={false}
        className="grid grid-cols-[0.75rem_1fr_auto] items-center gap-x-2.5 rounded-lg px-2 py-1.5 text-xs hover:bg-hover"
      >
        <StatusMark status={health.status} />
        <span className="min-w-0">
          <span className="block truncate font-medium" title={endpoint.model}>
            {endpoint.modelName}
          </span>
          <span className="block truncate text-muted" title={endpoint.provider}>
            {endpoint.providerName}
          </span>
        </span>
        <span className="text-right tabular-nums">
          <span className="sr-only">{STATUS_LOOKS[health.status].label}, </span>
          <span className="block">{uptime === null ? 'no status yet' : `${formatPercent(uptime)} up`}</span>
          <span className="block text-muted">{newsText(health)}</span>
        </span>
      </Link>
    </li>
  )
}

function headline(count: number): string {
  if (count === 0) return 'Nothing fails now'
  return count === 1 ? '1 endpoint fails now' : `${formatExact(count)} endpoints fail now`
}

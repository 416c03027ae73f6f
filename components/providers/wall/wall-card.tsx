'use client'

import clsx from 'clsx'
import Link from 'next/link'
import { StatusName } from '@/components/live/status-mark'
import { useLiveEndpoint } from '@/components/live/use-live'
import type { LiveEndpoint } from '@/lib/live/schema'
import type { WallEndpoint } from '@/lib/live/wall/group-cells'
import { formatExact, formatPercent } from '@/lib/platform/format'

const WINDOW_NAMES = { '5m': '5 minutes', '30m': '30 minutes', '1d': 'the last day' } as const

export const CARD_WIDTH = 256

/** What is known of the cell somebody points at; opened by touch it also has links, where a finger cannot hover. */
export function WallCard({
  endpoint,
  providerHref,
  logsHref,
  isPinned,
  style,
}: {
  endpoint: WallEndpoint
  providerHref: string
  logsHref: string
  isPinned: boolean
  style: { left: number; top: number } | { left: number; bottom: number }
}) {
  const live = useLiveEndpoint(endpoint.endpointId)
  return (
    <div
      className={clsx(
        'absolute z-20 rounded-xl border bg-surface p-3 text-xs shadow-raised',
        !isPinned && 'pointer-events-none',
      )}
      style={{ ...style, width: CARD_WIDTH }}
    >
      <div className="truncate text-sm font-medium" title={endpoint.model}>
        {endpoint.modelName}
      </div>
      <div className="mb-2 truncate text-muted">at {endpoint.providerName}</div>
      <div className="mb-2 flex items-center justify-between gap-2 border-b pb-2">
        <StatusName status={live?.status ?? 'unknown'} />
        {live?.statusWindow ? (
          <span className="text-muted">over {WINDOW_NAMES[live.statusWindow]}</span>
        ) : null}
      </div>
      <Figures live={live} />
      {isPinned ? (
        <div className="mt-2 flex gap-4 border-t pt-2 text-sm font-medium text-accent-strong">
          <Link href={providerHref}>Provider</Link>
          <Link href={logsHref}>Requests</Link>
        </div>
      ) : null}
    </div>
  )
}

function Figures({ live }: { live: LiveEndpoint | undefined }) {
  if (live === undefined) return <p className="text-muted">No attempt in the last day.</p>
  const rows = [
    ['Uptime, 5 min', uptimeText(live.uptime5m)],
    ['Uptime, 30 min', uptimeText(live.uptime30m)],
    ['Uptime, 1 day', uptimeText(live.uptime1d)],
    ['Attempts, 30 min', formatExact(live.attempts30m)],
    ['Errors, 5 min', formatExact(live.countedErrors5m)],
    ['Rate-limited, 5 min', formatExact(live.rateLimited5m)],
  ] as const
  return (
    <dl className="grid grid-cols-[1fr_auto] gap-x-3 gap-y-0.5 tabular-nums">
      {rows.map(([label, value]) => (
        <div key={label} className="contents">
          <dt className="text-muted">{label}</dt>
          <dd className="text-right">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function uptimeText(uptime: number | null): string {
  return uptime === null ? 'not enough data' : formatPercent(uptime)
}

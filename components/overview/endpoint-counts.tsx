import Link from 'next/link'
import { STATUS_LOOKS, STATUS_ORDER } from '@/components/live/status-look'
import { StatusMark } from '@/components/live/status-mark'
import type { LiveTotals } from '@/lib/live/schema'
import { formatExact } from '@/lib/platform/format'

/** How many endpoints are in each status, each a link to the wall. */
export function EndpointCounts({ totals }: { totals: LiveTotals | undefined }) {
  return (
    <div>
      <h3 className="pb-2 text-xs font-medium">Endpoints now</h3>
      <ul
        aria-label="Endpoints by status"
        className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border bg-border sm:grid-cols-4 lg:grid-cols-2"
      >
        {STATUS_ORDER.map((status) => (
          <li key={status} className="relative bg-surface px-3 py-2 transition-colors hover:bg-hover/60">
            <Link
              href={`/providers?status=${status}`}
              className="flex items-center gap-1.5 text-xs text-muted after:absolute after:inset-0"
            >
              <StatusMark status={status} />
              {STATUS_LOOKS[status].label}
            </Link>
            <span className="block text-lg font-semibold tracking-[-0.02em] tabular-nums">
              {totals === undefined ? (
                <span className="skeleton my-1.5 block h-4 w-10" />
              ) : (
                formatExact(totals.endpointsByStatus[status])
              )}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

import Link from 'next/link'
import { newsText } from '@/components/live/news-text'
import { StatusMark } from '@/components/live/status-mark'
import type { LiveProvider } from '@/lib/live/schema'
import { compareUrgency, isFailing, judgedUptime } from '@/lib/live/wall/cell-rank'
import { formatPercent } from '@/lib/platform/format'

const ROW_COUNT = 5
const ROW = 'grid h-10 grid-cols-[minmax(0,1fr)_auto_auto] items-center gap-3 border-t text-sm'

/** The providers that somebody should look at, most urgent first; room is kept for them while all is well. */
export function WorstProviders({ providers }: { providers: ReadonlyMap<string, LiveProvider> | undefined }) {
  const worst =
    providers && [...providers.values()].filter(isFailing).sort(compareUrgency).slice(0, ROW_COUNT)
  return (
    <div style={{ minHeight: `${2.5 * ROW_COUNT + 1.75}rem` }}>
      <h3 className="pb-2 text-xs font-medium">Providers to look at</h3>
      {worst === undefined ? <RowsSkeleton /> : null}
      {worst?.length === 0 ? (
        <p className="border-t pt-3 text-sm text-muted">No provider needs a look.</p>
      ) : null}
      <ol aria-label="Providers that fail now">
        {worst?.map((provider) => (
          <li key={provider.provider} className={ROW}>
            <span className="flex min-w-0 items-center gap-2">
              <StatusMark status={provider.status} />
              <Link
                href={`/providers/${encodeURIComponent(provider.provider)}`}
                title={provider.provider}
                className="truncate font-medium hover:underline hover:underline-offset-2"
              >
                {provider.name}
              </Link>
            </span>
            <span className="text-xs text-muted tabular-nums">{newsText(provider)}</span>
            <span className="w-24 text-right tabular-nums">
              {judgedUptime(provider) === null ? (
                <span className="text-xs text-muted">too little traffic</span>
              ) : (
                `${formatPercent(judgedUptime(provider))} up`
              )}
            </span>
          </li>
        ))}
      </ol>
    </div>
  )
}

function RowsSkeleton() {
  return (
    <div aria-hidden="true">
      {Array.from({ length: ROW_COUNT }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are the same for ever
        <div key={index} className={ROW}>
          <span className="skeleton h-4 w-28" />
          <span className="skeleton h-3 w-20" />
          <span className="skeleton h-4 w-16" />
        </div>
      ))}
    </div>
  )
}

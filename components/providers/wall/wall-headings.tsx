import Link from 'next/link'
import { memo } from 'react'
import { HEADING_HEIGHT, type WallLayout } from '@/lib/live/wall/layout-wall'

/** The providers' names above their cells. */
export const WallHeadings = memo(function WallHeadings({
  layout,
  hrefOf,
}: {
  layout: WallLayout
  hrefOf: (provider: string) => string
}) {
  return layout.groups.map(({ provider, providerName, x, y, width, count }) => (
    <div
      key={provider}
      className="pointer-events-none absolute z-10 flex items-baseline justify-between gap-2 text-xs"
      style={{ left: x, top: y, width, height: HEADING_HEIGHT }}
    >
      <Link
        href={hrefOf(provider)}
        prefetch={false}
        title={provider}
        className="pointer-events-auto truncate font-medium hover:underline hover:underline-offset-2"
      >
        {providerName}
      </Link>
      <span className="text-muted tabular-nums">{count}</span>
    </div>
  ))
})

'use client'

import { formatAgo, formatInstant } from '@/lib/platform/format'
import { useIsMounted } from './use-is-mounted'

/** How long ago something was, with the exact time on hover; before the page is alive, the time itself. */
export function Moment({ iso }: { iso: string }) {
  const isMounted = useIsMounted()
  const time = Date.parse(iso)
  return (
    <time dateTime={iso} title={formatInstant(time)}>
      {isMounted ? formatAgo(time, Date.now()) : formatInstant(time)}
    </time>
  )
}

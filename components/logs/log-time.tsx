import { formatClockSeconds, formatDay, formatInstant } from '@/lib/platform/format'

/** When a request began, to the second, with its day; the exact time on hover. Always UTC. */
export function LogTime({ iso }: { iso: string }) {
  const time = Date.parse(iso)
  return (
    <time dateTime={iso} title={`${iso.slice(0, 23).replace('T', ' ')} UTC, ${formatInstant(time)}`}>
      {formatClockSeconds(time)}
      <span className="ml-1.5 text-xs text-muted">{formatDay(time)}</span>
    </time>
  )
}

import clsx from 'clsx'
import { Swatch } from '@/components/charts/swatch'
import { BAD_CALL_CLASSES, type BadCalls } from '@/lib/analytics/tools/bad-calls'
import { formatCompact, formatExact } from '@/lib/platform/format'
import { BAD_CALL_LOOK } from './bad-call-look'

/** Bad calls by class: how they divide, and how many there are of each. */
export function BadCallsBar({ byClass }: { byClass: BadCalls }) {
  const present = BAD_CALL_CLASSES.filter((name) => byClass[name] > 0)
  if (present.length === 0) return <span className="text-muted">none</span>
  return (
    <span className="flex min-w-0 flex-col gap-1">
      <span aria-hidden="true" className="flex h-1.5 gap-px overflow-hidden rounded-full">
        {present.map((name) => (
          <span key={name} style={{ flexGrow: byClass[name], background: BAD_CALL_LOOK[name].color }} />
        ))}
      </span>
      <span className="flex flex-wrap gap-x-2.5 text-xs tabular-nums">
        {present.map((name) => (
          <span
            key={name}
            title={`${BAD_CALL_LOOK[name].label}: ${formatExact(byClass[name])}`}
            className="inline-flex items-center gap-1"
          >
            <Swatch color={BAD_CALL_LOOK[name].color} />
            {formatCompact(byClass[name])}
            <span className="sr-only"> {BAD_CALL_LOOK[name].label},</span>
          </span>
        ))}
      </span>
    </span>
  )
}

/** What the colours of bad calls mean. */
export function BadCallsLegend({ className }: { className?: string }) {
  return (
    <ul
      aria-label="Classes of bad calls"
      className={clsx('flex flex-wrap gap-x-4 gap-y-1 text-xs', className)}
    >
      {BAD_CALL_CLASSES.map((name) => (
        <li key={name} className="flex items-center gap-1.5">
          <Swatch color={BAD_CALL_LOOK[name].color} />
          {BAD_CALL_LOOK[name].label}
        </li>
      ))}
    </ul>
  )
}

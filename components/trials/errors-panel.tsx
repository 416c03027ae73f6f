import { EmptyState } from '@/components/ui/empty-state'
import { Panel } from '@/components/ui/panel'
import { formatExact, formatPercent } from '@/lib/platform/format'
import { outcomeLabel } from '@/lib/trials/outcome-label'
import type { Trial } from '@/lib/trials/schema'

/** What went wrong, by class, the most frequent first. */
export function ErrorsPanel({ trial: { summary, status } }: { trial: Trial }) {
  const classes = [...Object.entries(summary.badByVerdict), ...Object.entries(summary.errorsByClass)].sort(
    ([, a], [, b]) => b - a,
  )
  const most = classes[0]?.[1] ?? 0
  return (
    <Panel title="Errors by class">
      {classes.length === 0 ? (
        <div className="flex-1 border-t">
          <EmptyState title={summary.made > 0 ? 'No errors' : 'Nothing came back yet'}>
            {summary.made > 0 && status !== 'running'
              ? 'Every request was answered, and every tool call could be used.'
              : null}
          </EmptyState>
        </div>
      ) : (
        <ul className="border-t text-sm">
          {classes.map(([name, count]) => (
            <li key={name} className="flex items-center gap-3 border-b px-4 py-2 last:border-b-0 sm:px-5">
              <span className="w-40 shrink-0 truncate">{outcomeLabel(name)}</span>
              <span aria-hidden="true" className="h-1.5 min-w-0 flex-1 overflow-hidden rounded-full bg-hover">
                <span
                  className="block h-full rounded-full bg-negative"
                  style={{ width: `${(count / most) * 100}%` }}
                />
              </span>
              <span className="w-10 text-right font-medium tabular-nums">{formatExact(count)}</span>
              <span className="w-13 text-right text-xs text-muted tabular-nums">
                {formatPercent(count / summary.made)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

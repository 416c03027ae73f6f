'use client'

import clsx from 'clsx'
import { Swatch } from '@/components/charts/swatch'
import { Popover } from '@/components/ui/popover'
import { ERROR_COLORS, ERROR_ORDER } from '@/lib/charts/error-colors'
import type { ErrorsByClass } from '@/lib/health/schema'
import { formatCompact, formatExact, formatPercent } from '@/lib/platform/format'
import { OUTCOME_LABELS } from '@/lib/trials/outcome-label'

/**
 * Errors of some attempts, and every class's number on demand: as their number above a small bar of the classes, or in
 * a line of words.
 */
export function ErrorClasses({
  errorsByClass,
  attempts,
  of,
  look = 'bar',
}: {
  errorsByClass: ErrorsByClass
  attempts: number
  /** Whose errors, for those who only hear it. */
  of: string
  look?: 'bar' | 'words'
}) {
  const classes = ERROR_ORDER.map((name) => ({ name, count: errorsByClass[name] ?? 0 })).filter(
    ({ count }) => count > 0,
  )
  const total = classes.reduce((sum, { count }) => sum + count, 0)
  if (total === 0) return <span className="text-muted">0</span>
  return (
    <Popover
      label={`Errors of ${of} by class`}
      align="end"
      className="w-72 p-3"
      trigger={(properties) => (
        <button
          type="button"
          {...properties}
          aria-label={`${formatExact(total)} errors of ${of}, by class`}
          className={clsx(
            '-mx-1.5 inline-flex rounded-md px-1.5 tabular-nums hover:bg-hover',
            look === 'bar' && 'flex-col items-stretch gap-1 py-1 text-right',
          )}
        >
          {look === 'words' ? (
            `${formatExact(total)} ${total === 1 ? 'error' : 'errors'}`
          ) : (
            <>
              <span>
                {formatCompact(total)}
                <span className="ml-1.5 text-xs text-muted">{formatPercent(total / attempts)}</span>
              </span>
              <Bar classes={classes} total={total} className="h-1.5 w-24" />
            </>
          )}
        </button>
      )}
    >
      <div className="mb-2 font-medium">
        {formatExact(total)} errors <span className="font-normal text-muted">of {formatExact(attempts)}</span>
      </div>
      <ul className="flex flex-col gap-1 text-xs">
        {classes.map(({ name, count }) => (
          <li
            key={name}
            className="grid grid-cols-[0.5rem_1fr_auto_3.5rem] items-baseline gap-2 tabular-nums"
          >
            <Swatch color={ERROR_COLORS[name]} />
            <span>{OUTCOME_LABELS[name]}</span>
            <span>{formatExact(count)}</span>
            <span className="text-right text-muted">{formatPercent(count / total)}</span>
          </li>
        ))}
      </ul>
    </Popover>
  )
}

function Bar({
  classes,
  total,
  className,
}: {
  classes: readonly { name: (typeof ERROR_ORDER)[number]; count: number }[]
  total: number
  className: string
}) {
  return (
    <span aria-hidden="true" className={clsx('flex overflow-hidden rounded-full bg-hover', className)}>
      {classes.map(({ name, count }) => (
        <span
          key={name}
          className="border-r border-surface last:border-r-0"
          style={{ width: `${(count / total) * 100}%`, background: ERROR_COLORS[name] }}
        />
      ))}
    </span>
  )
}

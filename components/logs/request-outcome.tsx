import clsx from 'clsx'
import { CircleCheck, CircleX, RotateCw } from 'lucide-react'
import type { LogRow } from '@/lib/analytics/logs/schema'
import { outcomeWords } from './log-words'

/** How a request ended, and what failover hid on the way there. */
export function RequestOutcome({ row }: { row: LogRow }) {
  const { errorClass, httpStatus, earlierAttempts } = row
  const Icon = errorClass === null ? CircleCheck : CircleX
  return (
    <span className="block min-w-0">
      <span
        className={clsx(
          'flex items-center gap-1.5',
          errorClass === null ? 'text-foreground' : 'font-medium text-negative',
        )}
      >
        <Icon
          aria-hidden="true"
          className={clsx('size-3.5 shrink-0', errorClass === null && 'text-positive')}
        />
        <span className="truncate">{outcomeWords(errorClass)}</span>
        {httpStatus === null || httpStatus === 200 ? null : (
          <span className="font-normal text-muted tabular-nums">{httpStatus}</span>
        )}
      </span>
      {earlierAttempts.length > 0 ? (
        <span
          className="flex items-center gap-1.5 text-xs text-warning"
          title={earlierAttempts
            .map((attempt) => `${attempt.providerName ?? 'unnamed'}: ${outcomeWords(attempt.errorClass)}`)
            .join('\n')}
        >
          <RotateCw aria-hidden="true" className="size-3.5 shrink-0 p-px" />
          <span className="truncate">
            after {earlierAttempts.map((attempt) => outcomeWords(attempt.errorClass)).join(', ')}
          </span>
        </span>
      ) : null}
    </span>
  )
}

import clsx from 'clsx'
import { CircleCheck, CircleX } from 'lucide-react'
import Link from 'next/link'
import { Moment } from '@/components/ui/moment'
import { entityPath } from '@/components/usage/entity-path'
import type { RequestDetail } from '@/lib/analytics/logs/schema'
import { formatClockSeconds, formatDay } from '@/lib/platform/format'
import { OPERATION_WORDS, outcomeWords } from './log-words'

const LINK = 'underline-offset-2 hover:underline'

/** What was asked for and how it ended. */
export function RequestHeader({ request }: { request: RequestDetail }) {
  const { model, operation, provider, providerName, errorClass, httpStatus, startedAt } = request
  const { servedAs, requestedModel } = request
  const time = Date.parse(startedAt)
  const Icon = errorClass === null ? CircleCheck : CircleX
  const modelPath = entityPath({ by: 'model', key: model })
  return (
    <header className="min-w-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h1 className="text-xl font-semibold tracking-[-0.02em] break-all">
          {modelPath === null ? (
            model
          ) : (
            <Link href={modelPath} prefetch={false} className={LINK}>
              {model}
            </Link>
          )}
        </h1>
        <span
          className={clsx(
            'inline-flex items-center gap-1.5 rounded-lg border px-2 py-0.5 text-sm font-medium',
            errorClass === null ? 'text-positive' : 'bg-negative-soft text-negative',
          )}
        >
          <Icon className="size-4" aria-hidden="true" />
          {outcomeWords(errorClass)}
          {httpStatus === null ? null : <span className="tabular-nums">{httpStatus}</span>}
        </span>
      </div>
      <p className="mt-0.5 text-muted tabular-nums">
        {provider === null ? (
          'provider not named'
        ) : (
          <Link
            href={entityPath({ by: 'provider', key: provider }) ?? '/providers'}
            prefetch={false}
            className="text-foreground underline decoration-border-strong underline-offset-2 hover:decoration-current"
          >
            {providerName}
          </Link>
        )}{' '}
        {operation === 'chat' ? null : `· ${OPERATION_WORDS[operation]} `}·{' '}
        {formatDay(time, { withYear: true })}, {formatClockSeconds(time)} UTC · <Moment iso={startedAt} />
      </p>
      {requestedModel === null ? null : (
        <p className="text-sm text-muted">
          Asked for as <code className="font-mono text-xs text-foreground">{requestedModel}</code>
        </p>
      )}
      {servedAs === null ? null : (
        <p className="text-sm text-muted">
          Logged under its other name <code className="font-mono text-xs text-foreground">{servedAs}</code>
        </p>
      )}
    </header>
  )
}

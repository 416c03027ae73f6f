import clsx from 'clsx'
import Link from 'next/link'
import { Panel } from '@/components/ui/panel'
import { entityLabel } from '@/components/usage/entity-label'
import { entityPath } from '@/components/usage/entity-path'
import type { LoggedAttempt, LoggedOutput } from '@/lib/analytics/logs/schema'
import { prepareWaterfall, type WaterfallBar } from '@/lib/charts/prepare-waterfall'
import { formatDuration, formatUsd } from '@/lib/platform/format'
import { OUTPUT_WORDS, outcomeWords } from './log-words'

/** Every attempt on one time axis: who was asked when, how long it took and how it ended. */
export function AttemptsPanel({ attempts }: { attempts: readonly LoggedAttempt[] }) {
  const { totalMs, bars } = prepareWaterfall(attempts)
  return (
    <Panel
      title={attempts.length === 1 ? 'One attempt' : `${attempts.length} attempts, in order`}
      note={
        <span className="flex flex-wrap items-center gap-x-3">
          <span>{formatDuration(totalMs)} from the first request to the end of the last answer</span>
          <Key className="bg-accent/35">until the first token</Key>
          <Key className="bg-accent">answering</Key>
          <Key className="bg-negative">failed</Key>
        </span>
      }
    >
      <ol className="border-t">
        {attempts.map((attempt, place) => (
          <AttemptRow key={attempt.index} attempt={attempt} bar={bars[place]} />
        ))}
      </ol>
    </Panel>
  )
}

function AttemptRow({ attempt, bar }: { attempt: LoggedAttempt; bar: WaterfallBar | undefined }) {
  const {
    provider,
    providerName,
    model,
    errorClass,
    httpStatus,
    durationMs,
    latencyMs,
    startedAfterMs,
    finishReason,
    amendments,
    structuredOutput,
  } = attempt
  const path = provider === null ? null : entityPath({ by: 'provider', key: provider })
  return (
    <li className="grid gap-x-5 gap-y-1.5 border-b px-4 py-3 text-sm last:border-b-0 sm:px-5 lg:grid-cols-[14rem_minmax(0,1fr)_17rem] lg:items-center">
      <div className="flex min-w-0 items-baseline gap-2.5">
        <span className="text-xs text-muted tabular-nums">{attempt.index + 1}</span>
        <span className="min-w-0">
          <span className="block truncate font-medium">
            {path === null ? (
              (providerName ?? 'provider not named')
            ) : (
              <Link href={path} prefetch={false} className="underline-offset-2 hover:underline">
                {providerName}
              </Link>
            )}
          </span>
          <span className="block truncate text-xs text-muted" title={model}>
            {entityLabel('model', model)}
          </span>
        </span>
      </div>
      <div aria-hidden="true" className="relative h-5 overflow-hidden rounded bg-sunken">
        {bar ? <Bar bar={bar} hasFailed={errorClass !== null} /> : null}
      </div>
      <p className="text-xs text-muted tabular-nums lg:text-right">
        <span className={clsx('font-medium', errorClass === null ? 'text-positive' : 'text-negative')}>
          {outcomeWords(errorClass)}
          {httpStatus === null ? '' : ` ${httpStatus}`}
        </span>{' '}
        · {formatDuration(durationMs)}
        {latencyMs === null ? null : <>, first token after {formatDuration(latencyMs)}</>}
        <span className="block">
          began after {formatDuration(startedAfterMs)}
          {finishReason === null ? null : <> · {finishReason}</>}
          {attempt.costUsd === null ? null : <> · {formatUsd(attempt.costUsd)}</>}
        </span>
      </p>
      {amendments.length === 0 ? null : (
        <ul aria-label="Changed for this provider" className="text-xs text-muted lg:col-span-3 lg:pl-5">
          {amendments.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      {structuredOutput === null ? null : <Output output={structuredOutput} />}
    </li>
  )
}

function Output({ output: { verdict, detail } }: { output: LoggedOutput }) {
  const isBad = verdict === 'invalid_json' || verdict === 'schema_mismatch'
  return (
    <p className="text-xs text-muted lg:col-span-3">
      <span className={clsx('font-medium', isBad && 'text-negative')}>{OUTPUT_WORDS[verdict]}</span>
      {detail === null ? null : <>: {detail}</>}
    </p>
  )
}

function Bar({ bar: { left, width, waitWidth }, hasFailed }: { bar: WaterfallBar; hasFailed: boolean }) {
  const color = hasFailed ? 'bg-negative' : 'bg-accent'
  return (
    <>
      <span
        className={clsx('absolute inset-y-0 rounded', color)}
        style={{ left: `${left}%`, width: `${width}%` }}
      />
      <span
        className="absolute inset-y-0 rounded-l bg-surface/65"
        style={{ left: `${left}%`, width: `${waitWidth}%` }}
      />
    </>
  )
}

function Key({ className, children }: { className: string; children: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span aria-hidden="true" className={clsx('size-2.5 rounded-xs', className)} />
      {children}
    </span>
  )
}

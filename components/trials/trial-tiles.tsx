import clsx from 'clsx'
import type { ReactNode } from 'react'
import { Info } from '@/components/ui/info'
import { formatCompact, formatDuration, formatExact, formatPercent } from '@/lib/platform/format'
import type { Trial } from '@/lib/trials/schema'
import { errorTone } from './error-count'

/** The numbers of a trial, large, and how far it is. */
export function TrialTiles({ trial }: { trial: Trial }) {
  const { summary, calls, elapsedMs, seconds, status } = trial
  const { made, errors } = summary
  const perSecond = elapsedMs > 0 ? made / (elapsedMs / 1000) : null
  return (
    <section aria-label="Key figures">
      <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-xl border bg-border sm:grid-cols-3 lg:grid-cols-5">
        <Tile
          label="Calls made"
          figure={formatExact(made)}
          unit={`of ${formatExact(calls)}`}
          note={<ProgressBar share={made / calls} label={`${made} of ${calls} calls made`} />}
        />
        <Tile
          label="Errors"
          info="Requests without an answer, and answers with at least one bad tool call: arguments that are not JSON, a tool that was not offered, or parameters that its schema refuses."
          figure={formatExact(errors)}
          tone={errorTone({ errors, made })}
          note={errorsNote({ errors, made })}
        />
        <Tile
          label="Tool use"
          info="Answers that called a tool ÷ answers. Every request offers tools that fit it; half of the kinds leave the choice to the model."
          figure={formatPercent(summary.toolUseRate)}
          note={`${formatExact(summary.toolCalls)} tool calls`}
        />
        <Tile
          label="Latency p50"
          info="From sending the request to the end of the answer, of answered calls."
          figure={formatDuration(summary.latencyMsP50)}
          note={`p95 ${formatDuration(summary.latencyMsP95)}`}
        />
        {status === 'running' ? (
          <Countdown leftMs={seconds * 1000 - elapsedMs} perSecond={perSecond} />
        ) : (
          <Tile label="Took" figure={formatDuration(elapsedMs)} note={rateText(perSecond)} />
        )}
      </dl>
    </section>
  )
}

function Countdown({ leftMs, perSecond }: { leftMs: number; perSecond: number | null }) {
  return leftMs > 0 ? (
    <Tile label="Time left" figure={`${Math.ceil(leftMs / 1000)} s`} note={rateText(perSecond)} />
  ) : (
    <Tile label="Time left" figure="0 s" note="waiting for the last answers" />
  )
}

function errorsNote({ errors, made }: { errors: number; made: number }): string {
  if (made === 0) return 'nothing came back yet'
  return errors === 0 ? 'every answer can be used' : `${formatPercent(errors / made)} of the calls`
}

function rateText(perSecond: number | null): string {
  return perSecond === null ? '' : `${formatCompact(perSecond)} calls/s`
}

function Tile({
  label,
  info,
  figure,
  unit,
  tone,
  note,
}: {
  label: string
  info?: string
  figure: string
  unit?: string
  tone?: string
  note: ReactNode
}) {
  return (
    <div className="flex min-w-0 flex-col bg-surface px-4 pt-3 pb-3.5 max-sm:last:col-span-2 max-lg:sm:last:col-span-2 sm:px-5">
      <dt className="flex items-center gap-1.5 text-sm text-muted">
        {label}
        {info ? <Info about={label}>{info}</Info> : null}
      </dt>
      <dd className="flex flex-1 flex-col justify-between gap-1">
        <span
          className={clsx(
            'mt-0.5 block text-2xl leading-9 font-semibold tracking-[-0.03em] tabular-nums',
            tone,
          )}
        >
          {figure}
          {unit ? (
            <span className="ml-1.5 text-sm font-normal tracking-normal text-muted">{unit}</span>
          ) : null}
        </span>
        <span className="block min-h-4.5 text-xs text-muted tabular-nums">{note}</span>
      </dd>
    </div>
  )
}

function ProgressBar({ share, label }: { share: number; label: string }) {
  return (
    <span
      role="progressbar"
      aria-label={label}
      aria-valuenow={Math.round(share * 100)}
      aria-valuemin={0}
      aria-valuemax={100}
      className="mt-1.5 block h-1.5 overflow-hidden rounded-full bg-hover"
    >
      <span
        className="block h-full rounded-full bg-accent transition-[width] duration-300"
        style={{ width: `${Math.min(100, share * 100)}%` }}
      />
    </span>
  )
}

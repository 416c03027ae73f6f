import clsx from 'clsx'
import type { ReactNode } from 'react'
import { Notice } from '@/components/ui/notice'
import { formatDuration, UNKNOWN } from '@/lib/platform/format'
import { callOutcome, isErrorOutcome } from '@/lib/trials/call-outcome'
import { OUTCOME_LABELS } from '@/lib/trials/outcome-label'
import type { OpenedTrialCall } from '@/lib/trials/schema'
import { ToolCallView } from './tool-call-view'

/** What was asked for, who answered with what, and what is wrong with it. */
export function CallDetail({ call }: { call: OpenedTrialCall }) {
  const { errorClass, toolCalls } = call
  const outcome = callOutcome({ errorClass, verdicts: toolCalls.map(({ verdict }) => verdict) })
  return (
    <div className="flex flex-col gap-4">
      <dl className="grid grid-cols-2 gap-x-4 gap-y-3 text-sm sm:grid-cols-4">
        <Fact label="Outcome">
          <span
            className={clsx(
              'font-medium',
              isErrorOutcome(outcome) ? 'text-negative' : outcome === 'clean' && 'text-positive',
            )}
          >
            {OUTCOME_LABELS[outcome]}
          </span>
        </Fact>
        <Fact label="Request">{call.scenario}</Fact>
        <Fact label="Provider">{call.provider ?? 'none answered'}</Fact>
        <Fact label="Model">{call.model ?? UNKNOWN}</Fact>
        <Fact label="HTTP status">{call.httpStatus ?? UNKNOWN}</Fact>
        <Fact label="Finish reason">{call.finishReason ?? UNKNOWN}</Fact>
        <Fact label="Took">{formatDuration(call.durationMs)}</Fact>
        <Fact label="Preset version">{call.presetVersion ?? UNKNOWN}</Fact>
        <Fact label="Generation" isWide>
          <code className="font-mono text-xs break-all">{call.generationId ?? UNKNOWN}</code>
        </Fact>
      </dl>
      {call.request === null ? null : (
        <div className="text-sm">
          <p className="rounded-lg bg-sunken px-3 py-2">{call.request.prompt}</p>
          <p className="mt-1.5 text-muted">
            Offered <code className="font-mono text-xs">{call.request.tools.join(', ')}</code>; calling one
            was {call.request.toolChoice === 'required' ? 'required' : 'left to the model'}.
          </p>
        </div>
      )}
      {call.errorMessage === null ? null : <Notice tone="negative">{call.errorMessage}</Notice>}
      {toolCalls.map((toolCall, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the tool calls of an answer never change their order
        <ToolCallView key={place} toolCall={toolCall} />
      ))}
      {errorClass === null && toolCalls.length === 0 ? (
        <p className="text-sm text-muted">The model answered in words and called no tool.</p>
      ) : null}
    </div>
  )
}

function Fact({ label, isWide = false, children }: { label: string; isWide?: boolean; children: ReactNode }) {
  return (
    <div className={clsx('min-w-0', isWide && 'col-span-2 sm:col-span-4')}>
      <dt className="text-xs text-muted">{label}</dt>
      <dd className="break-words tabular-nums">{children}</dd>
    </div>
  )
}

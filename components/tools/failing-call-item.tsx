import { ChevronRight } from 'lucide-react'
import Link from 'next/link'
import { Swatch } from '@/components/charts/swatch'
import { logsPath } from '@/components/logs/logs-path'
import { type WindowChoice, windowSearchParams } from '@/components/time-window/window-choice'
import { Moment } from '@/components/ui/moment'
import type { FailingCall } from '@/lib/analytics/tools/failing-calls/schema'
import { formatInstant } from '@/lib/platform/format'
import { BAD_CALL_LOOK } from './bad-call-look'

/** One bad tool call as a line; opened, what was wrong with it and where to go on. */
export function FailingCallItem({ call, choice }: { call: FailingCall; choice: WindowChoice }) {
  const look = BAD_CALL_LOOK[call.verdict]
  return (
    <li className="border-b">
      <details className="group">
        <summary className="grid list-none grid-cols-[1rem_1fr_auto] items-center gap-x-3 gap-y-0.5 px-4 py-2.5 hover:bg-sunken sm:px-5 md:grid-cols-[1rem_11rem_minmax(0,1fr)_minmax(0,1fr)_7rem] [&::-webkit-details-marker]:hidden">
          <ChevronRight
            aria-hidden="true"
            className="size-4 text-muted transition-transform group-open:rotate-90 max-md:row-span-2"
          />
          <span className="flex items-center gap-2 font-medium">
            <Swatch color={look.color} />
            {look.label}
          </span>
          <span className="text-right text-xs text-muted md:order-last">
            <Moment iso={call.startedAt} />
          </span>
          <code className="truncate font-mono text-xs max-md:col-start-2">{call.tool}</code>
          <span className="truncate text-xs text-muted max-md:col-start-2">
            {call.model} at {call.provider ?? 'a provider not named'}
          </span>
        </summary>
        <div className="flex flex-col gap-2 bg-sunken px-4 pt-1 pb-3.5 sm:px-5 md:pl-12">
          <p>{call.detail ?? 'The log does not say what exactly was wrong.'}</p>
          <p className="text-xs text-muted">
            {formatInstant(Date.parse(call.startedAt))} · call {call.callIndex + 1} of attempt{' '}
            {call.attemptIndex + 1}
            {call.isDeciding ? null : ' · the caller did not see it: the request went on to another provider'}
          </p>
          <p className="flex flex-wrap gap-x-4 gap-y-1 text-xs font-medium text-accent [&_a]:underline [&_a]:underline-offset-2">
            <Link href={`/logs/${call.ref}`} prefetch={false}>
              Open the request
            </Link>
            <Link href={similarPath(call, choice)} prefetch={false}>
              Requests with the same failure
            </Link>
          </p>
        </div>
      </details>
    </li>
  )
}

function similarPath({ model, provider, tool, verdict }: FailingCall, choice: WindowChoice) {
  return logsPath({
    ...windowSearchParams(choice),
    model,
    ...(provider === null ? {} : { provider }),
    tool,
    verdict,
  })
}

import { Check, TriangleAlert } from 'lucide-react'
import Link from 'next/link'
import { Definition } from '@/components/definitions/definition'
import { Notice } from '@/components/ui/notice'
import { Panel } from '@/components/ui/panel'
import type { LoggedAttempt, LoggedToolCall, RequestDetail } from '@/lib/analytics/logs/schema'
import { isBadVerdict } from '@/lib/trials/call-outcome'
import { VERDICT_WORDS } from './log-words'
import { logsPath } from './logs-path'

/** Every tool call, also those of answers that were not passed on, each with what is wrong with it. */
export function ToolCallsPanel({ request }: { request: RequestDetail }) {
  const { attempts, toolsOffered } = request
  const calling = attempts.filter(({ toolCalls }) => toolCalls !== null && toolCalls.length > 0)
  return (
    <Panel title="Tool calls" info={<Definition of="toolCallErrorRate" />} note={offeredWords(toolsOffered)}>
      {calling.length === 0 ? (
        <p className="px-4 pb-4 text-sm text-muted sm:px-5">
          {attempts.every(({ toolCalls }) => toolCalls === null)
            ? 'The log does not tell whether tools were called.'
            : 'No tool was called.'}
        </p>
      ) : (
        calling.map((attempt) => (
          <AttemptCalls key={attempt.index} attempt={attempt} isNamed={attempts.length > 1} />
        ))
      )}
    </Panel>
  )
}

function offeredWords(toolsOffered: number | null): string {
  if (toolsOffered === null) return 'Whether tools were offered is not in the log'
  if (toolsOffered === 0) return 'No tool was offered'
  return toolsOffered === 1 ? 'One tool was offered' : `${toolsOffered} tools were offered`
}

function AttemptCalls({ attempt, isNamed }: { attempt: LoggedAttempt; isNamed: boolean }) {
  return (
    <section aria-label={`Tool calls of attempt ${attempt.index + 1}`} className="border-t">
      {isNamed ? (
        <h3 className="px-4 pt-2.5 text-xs text-muted sm:px-5">
          Attempt {attempt.index + 1}, {attempt.providerName ?? 'provider not named'}
          {attempt.isDeciding ? '' : ' · not passed on'}
        </h3>
      ) : null}
      <ul>
        {attempt.toolCalls?.map((call, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the tool calls of an answer never change their order
          <ToolCallItem key={place} call={call} />
        ))}
      </ul>
    </section>
  )
}

function ToolCallItem({ call: { name, verdict, detail } }: { call: LoggedToolCall }) {
  const isBad = isBadVerdict(verdict)
  return (
    <li className="px-4 py-2.5 text-sm sm:px-5">
      <div className="flex flex-wrap items-center gap-x-2">
        <Link
          href={logsPath({ tool: name, period: '7d' })}
          className="font-mono text-xs break-all underline-offset-2 hover:underline"
        >
          {name}
        </Link>
        {isBad ? (
          <span className="font-medium text-negative">{VERDICT_WORDS[verdict]}</span>
        ) : (
          <span className="inline-flex items-center gap-1 text-muted">
            {verdict === 'valid' ? <Check className="size-3.5 text-positive" aria-hidden="true" /> : null}
            {verdict === 'valid' ? 'as offered' : 'not checked'}
          </span>
        )}
      </div>
      {detail === null ? null : (
        <Notice
          tone={isBad ? 'negative' : 'neutral'}
          icon={isBad ? <TriangleAlert /> : undefined}
          className="mt-1.5 break-words"
        >
          {detail}
        </Notice>
      )}
    </li>
  )
}

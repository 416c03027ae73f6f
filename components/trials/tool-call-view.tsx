import clsx from 'clsx'
import { Check, TriangleAlert } from 'lucide-react'
import { CodeBlock } from '@/components/ui/code-block'
import { Notice } from '@/components/ui/notice'
import { isBadVerdict } from '@/lib/trials/call-outcome'
import { outcomeLabel } from '@/lib/trials/outcome-label'
import type { TrialToolCall } from '@/lib/trials/schema'
import { prettyJson } from './pretty-json'

/** One tool call as the client got it, beside what it should have kept. */
export function ToolCallView({ toolCall }: { toolCall: TrialToolCall }) {
  const { name, verdict, detail, schema } = toolCall
  const isBad = isBadVerdict(verdict)
  const hasSchema = schema !== undefined && schema !== null
  const pretty = prettyJson(toolCall.arguments)
  return (
    <section aria-label={`Tool call ${name}`} className="flex min-w-0 flex-col gap-3 border-t pt-4">
      <h3 className="flex flex-wrap items-center gap-x-2 font-medium">
        <code className="font-mono text-sm break-all">{name}</code>
        {isBad ? (
          <span className="text-sm text-negative">{outcomeLabel(verdict)}</span>
        ) : (
          <span className="inline-flex items-center gap-1 text-sm font-normal text-muted">
            {verdict === 'valid' ? <Check className="size-3.5 text-positive" aria-hidden="true" /> : null}
            {verdict === 'valid' ? 'as offered' : 'not checked'}
          </span>
        )}
      </h3>
      {detail === null ? null : (
        <Notice tone={isBad ? 'negative' : 'neutral'} icon={isBad ? <TriangleAlert /> : undefined}>
          {detail}
        </Notice>
      )}
      <div
        className={clsx(
          'grid min-w-0 gap-4 [&_pre]:max-h-72',
          hasSchema && 'md:grid-cols-2',
          // What is no JSON has no lines of its own, and its end is often where it broke.
          pretty === null &&
            '[&>figure:first-child_pre]:break-all [&>figure:first-child_pre]:whitespace-pre-wrap',
        )}
      >
        <CodeBlock
          title="Arguments"
          note={pretty === null ? 'As they came; they are not JSON' : 'As they came, set out'}
          code={pretty ?? toolCall.arguments}
        />
        {hasSchema ? (
          <CodeBlock
            title="Offered schema"
            note="What the request offered under this name"
            code={JSON.stringify(schema, null, 2)}
          />
        ) : null}
      </div>
    </section>
  )
}

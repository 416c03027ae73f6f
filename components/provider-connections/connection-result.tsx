import { CircleAlert, CircleCheck, LoaderCircle } from 'lucide-react'
import { errorMessage } from '@/components/api/error-note'
import { Notice } from '@/components/ui/notice'
import type { TestConnectionAnswer } from '@/lib/catalog/schema'
import { formatDuration } from '@/lib/platform/format'
import type { ConnectionTest } from './use-connection-test'

/** What the last test call got, in the words of the server; nothing before there was one. */
export function ConnectionResult({ test, className }: { test: ConnectionTest; className?: string }) {
  return (
    <div role="status" className={className}>
      {test.isPending ? (
        <Notice
          tone="neutral"
          icon={<LoaderCircle className="motion-safe:animate-spin" aria-hidden="true" />}
        >
          Calling the provider…
        </Notice>
      ) : test.isError ? (
        <Notice tone="negative" icon={<CircleAlert aria-hidden="true" />}>
          {errorMessage(test.error)}
        </Notice>
      ) : test.data ? (
        <Outcome result={test.data} />
      ) : null}
    </div>
  )
}

function Outcome({ result }: { result: TestConnectionAnswer }) {
  return (
    <Notice
      tone={result.ok ? 'neutral' : 'negative'}
      icon={
        result.ok ? (
          <CircleCheck className="text-positive" aria-hidden="true" />
        ) : (
          <CircleAlert aria-hidden="true" />
        )
      }
    >
      <span className={result.ok ? 'text-foreground' : undefined}>{result.message}</span>
      {result.latencyMs === null ? null : (
        <span className="ml-2 whitespace-nowrap text-muted tabular-nums">
          {result.httpStatus} · {formatDuration(result.latencyMs)}
        </span>
      )}
    </Notice>
  )
}

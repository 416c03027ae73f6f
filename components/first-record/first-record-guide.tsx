'use client'

import { CodeBlock } from '@/components/ui/code-block'
import { useIsMounted } from '@/components/ui/use-is-mounted'
import { importCommand, ingestCommand } from './commands'

/** What a new installation shows instead of empty charts: how to send the first record. */
export function FirstRecordGuide() {
  const isMounted = useIsMounted()
  const origin = isMounted ? window.location.origin : 'http://127.0.0.1:3000'
  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-6 px-4 py-8 sm:px-6">
      <div>
        <h2 className="text-lg font-semibold tracking-[-0.015em]">No request has been logged yet</h2>
        <p className="mt-1 max-w-prose text-muted">
          Send one record, point your gateway’s OpenTelemetry exporter at{' '}
          <code className="font-mono text-xs">{origin}/v1/traces</code>, or import a file. This page fills by
          itself.
        </p>
      </div>
      <CodeBlock
        title="Send a record"
        note="The API key was printed at the first start; an admin makes more in Settings."
        code={ingestCommand(origin)}
      />
      <CodeBlock
        title="Import a CSV or NDJSON file"
        note="Map your columns to our fields; importing a file twice changes nothing."
        code={importCommand(origin)}
      />
    </div>
  )
}

import { CopyButton } from '@/components/ui/copy-button'
import { Panel } from '@/components/ui/panel'
import type { RequestDetail } from '@/lib/analytics/logs/schema'

/** What to look the request up by elsewhere, each to be copied, and everything as JSON. */
export function IdentifiersPanel({ request }: { request: RequestDetail }) {
  const { generationId, externalId, source, sessionId, endUser, requestedModel, ref, model, provider } =
    request
  const all = [
    { label: 'Generation', value: generationId },
    { label: `Id at ${source}`, value: generationId === null ? externalId : null },
    { label: 'Session', value: sessionId },
    { label: 'End user', value: endUser },
    { label: 'Requested model', value: requestedModel },
    { label: 'Model', value: model },
    { label: 'Provider', value: provider },
    { label: 'Reference here', value: ref },
  ]
  return (
    <Panel
      title="Identifiers"
      actions={<CopyButton text={JSON.stringify(request, null, 2)} label="Copy all as JSON" />}
    >
      <ul className="border-t">
        {all.map(({ label, value }) =>
          value === null ? null : (
            <li key={label} className="flex items-center gap-3 border-b px-4 py-2 last:border-b-0 sm:px-5">
              <div className="min-w-0 flex-1">
                <span className="block text-xs text-muted">{label}</span>
                <span className="block font-mono text-xs break-all">{value}</span>
              </div>
              <CopyButton text={value} />
            </li>
          ),
        )}
      </ul>
    </Panel>
  )
}

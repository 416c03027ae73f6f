import { Definition } from '@/components/definitions/definition'
import { Panel } from '@/components/ui/panel'
import type { RequestDetail } from '@/lib/analytics/logs/schema'
import { prepareTokenParts, type TokenPart } from '@/lib/charts/prepare-token-parts'
import { formatExact, formatPercent } from '@/lib/platform/format'
import { tokenPartLook } from './token-part-looks'

/** Where the tokens of the request went, as one bar and as a table. */
export function TokensPanel({ request }: { request: RequestDetail }) {
  const prepared = prepareTokenParts(request)
  if (prepared === null) {
    return (
      <Panel title="Tokens">
        <p className="px-4 pb-4 text-sm text-muted sm:px-5">
          The log does not tell how many tokens there were.
        </p>
      </Panel>
    )
  }
  return (
    <Panel
      title="Where the tokens went"
      info={<Definition of="totalTokens" />}
      note={
        request.promptParts === null
          ? 'The prompt was not seen here, so its parts are not known'
          : 'Parts of the prompt are estimates, scaled to the provider’s count'
      }
    >
      <div aria-hidden="true" className="mx-4 flex h-5 gap-px overflow-hidden rounded sm:mx-5">
        {prepared.parts.map(({ part, share }) => (
          <span
            key={part}
            className="min-w-0.5"
            style={{ width: `${share * 100}%`, background: tokenPartLook(part).color }}
          />
        ))}
      </div>
      <table className="mt-2 w-full text-sm">
        <caption className="sr-only">Tokens by part</caption>
        <thead className="sr-only">
          <tr>
            <th scope="col">Part</th>
            <th scope="col">Tokens</th>
            <th scope="col">Share</th>
          </tr>
        </thead>
        <tbody>
          {prepared.parts.map(({ part, tokens, share }) => (
            <tr key={part} className="h-8 border-t">
              <th scope="row" className="pl-4 text-left font-normal sm:pl-5">
                <PartName part={part} />
              </th>
              <td className="text-right tabular-nums">{formatExact(tokens)}</td>
              <td className="w-20 pr-4 text-right text-muted tabular-nums sm:pr-5">{formatPercent(share)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr className="h-9 border-t font-medium">
            <th scope="row" className="pl-4 text-left font-medium sm:pl-5">
              Total
            </th>
            <td className="text-right tabular-nums">{formatExact(prepared.total)}</td>
            <td />
          </tr>
        </tfoot>
      </table>
      <CacheNote request={request} />
    </Panel>
  )
}

function PartName({ part }: { part: TokenPart }) {
  const { label, color, definition } = tokenPartLook(part)
  return (
    <span className="inline-flex items-center gap-2">
      <span aria-hidden="true" className="size-2.5 rounded-xs" style={{ background: color }} />
      {label}
      {definition === null ? null : <Definition of={definition} />}
    </span>
  )
}

function CacheNote({
  request: { promptTokens, cachedTokens, cacheWriteTokens },
}: {
  request: RequestDetail
}) {
  if (cachedTokens === null && cacheWriteTokens === null) return null
  const share = promptTokens ? (cachedTokens ?? 0) / promptTokens : null
  return (
    <p className="border-t px-4 py-2.5 text-xs text-muted tabular-nums sm:px-5">
      {cachedTokens === null
        ? 'What was read from the cache is not known'
        : `${formatExact(cachedTokens)} of the prompt came from the cache (${formatPercent(share)})`}
      {cacheWriteTokens === null ? '' : `, ${formatExact(cacheWriteTokens)} were written to it`}.
    </p>
  )
}

'use client'

import clsx from 'clsx'
import { Button } from '@/components/ui/button'
import { useIsMounted } from '@/components/ui/use-is-mounted'
import type { ApiKey } from '@/lib/access/schema'
import { formatAgo, formatDay, formatExact, formatInstant } from '@/lib/platform/format'
import { SCOPES } from './scopes'

export function ApiKeyTable({
  keys,
  onRevoke,
}: {
  keys: readonly ApiKey[]
  onRevoke: (key: ApiKey) => void
}) {
  return (
    <table className="w-full text-sm">
      <caption className="sr-only">API keys, newest first</caption>
      <thead className="text-left text-xs text-muted max-md:sr-only [&_th]:h-9 [&_th]:font-medium">
        <tr className="border-y">
          <th scope="col" className="pl-4 sm:pl-5">
            Name
          </th>
          <th scope="col">Key</th>
          <th scope="col">May</th>
          <th scope="col">Created</th>
          <th scope="col">Last used</th>
          <th scope="col" className="w-28 pr-4 sm:pr-5">
            <span className="sr-only">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <KeyRow key={key.id} apiKey={key} onRevoke={onRevoke} />
        ))}
      </tbody>
    </table>
  )
}

function KeyRow({ apiKey, onRevoke }: { apiKey: ApiKey; onRevoke: (key: ApiKey) => void }) {
  const isRevoked = apiKey.revokedAt !== null
  return (
    <tr
      className={clsx(
        'border-b last:border-b-0 max-md:grid max-md:grid-cols-[1fr_auto] max-md:gap-x-3 max-md:gap-y-1 max-md:border-t max-md:border-b-0 max-md:px-4 max-md:py-3 md:h-13',
        isRevoked && 'text-muted',
      )}
    >
      <th scope="row" className="min-w-0 truncate text-left font-medium md:max-w-56 md:pl-5">
        {apiKey.name}
      </th>
      <td className="font-mono text-xs max-md:order-3 max-md:col-span-2">{apiKey.prefix}…</td>
      <td className="max-md:order-4 max-md:col-span-2">
        <span className="flex flex-wrap gap-1">
          {apiKey.scopes.map((scope) => (
            <span
              key={scope}
              title={SCOPES[scope].note}
              className="rounded-md border bg-sunken px-1.5 text-xs"
            >
              {SCOPES[scope].label}
            </span>
          ))}
          {apiKey.requestsPerMinute === null ? null : (
            <span
              title="What the gateway takes from this key"
              className="rounded-md border px-1.5 text-xs text-muted tabular-nums"
            >
              {formatExact(apiKey.requestsPerMinute)}/min
            </span>
          )}
        </span>
      </td>
      <td className="tabular-nums max-md:order-5 max-md:text-xs">
        <span className="text-muted md:hidden">Created </span>
        <Moment iso={apiKey.createdAt} />
      </td>
      <td className="tabular-nums max-md:order-6 max-md:text-xs">
        <span className="text-muted md:hidden">Used </span>
        {apiKey.lastUsedAt ? <Moment iso={apiKey.lastUsedAt} isRelative /> : 'never'}
      </td>
      <td className="text-right max-md:order-2 md:pr-5">
        {isRevoked ? (
          <span className="text-xs">Revoked</span>
        ) : (
          <Button
            variant="danger"
            size="small"
            onClick={() => onRevoke(apiKey)}
            aria-label={`Revoke ${apiKey.name}`}
          >
            Revoke
          </Button>
        )}
      </td>
    </tr>
  )
}

function Moment({ iso, isRelative = false }: { iso: string; isRelative?: boolean }) {
  const isMounted = useIsMounted()
  const time = Date.parse(iso)
  const text = isRelative && isMounted ? formatAgo(time, Date.now()) : formatDay(time, { withYear: true })
  return (
    <time dateTime={iso} title={formatInstant(time)}>
      {text}
    </time>
  )
}

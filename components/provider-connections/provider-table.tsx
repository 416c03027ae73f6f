'use client'

import clsx from 'clsx'
import { KeyRound, LockOpen, PlugZap } from 'lucide-react'
import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { Monogram } from '@/components/usage/monogram'
import type { Provider } from '@/lib/catalog/schema'
import { API_SHAPE_LABELS } from './api-shapes'
import { ConnectionResult } from './connection-result'
import { providerPath } from './provider-path'
import { useConnectionTest } from './use-connection-test'

export function ProviderTable({ providers }: { providers: readonly Provider[] }) {
  return (
    <table className="w-full text-sm">
      <caption className="sr-only">Connected providers, by name</caption>
      <thead className="text-left text-xs text-muted max-md:sr-only [&_th]:h-9 [&_th]:font-medium">
        <tr className="border-y">
          <th scope="col" className="pl-4 sm:pl-5">
            Provider
          </th>
          <th scope="col">Address</th>
          <th scope="col">Shape</th>
          <th scope="col">Key</th>
          <th scope="col">Endpoints</th>
          <th scope="col" className="w-32 pr-4 sm:pr-5">
            <span className="sr-only">Actions</span>
          </th>
        </tr>
      </thead>
      {providers.map((provider) => (
        <ProviderRow key={provider.slug} provider={provider} />
      ))}
    </table>
  )
}

function ProviderRow({ provider }: { provider: Provider }) {
  const test = useConnectionTest(provider.slug)
  const hasResult = !test.isIdle
  return (
    <tbody className="border-b last:border-b-0 max-md:border-t max-md:border-b-0">
      <tr className="max-md:grid max-md:grid-cols-[1fr_auto] max-md:items-center max-md:gap-x-3 max-md:gap-y-1 max-md:px-4 max-md:py-3 md:h-14">
        <th scope="row" className="min-w-0 text-left font-normal md:max-w-64 md:pl-5">
          <ProviderName provider={provider} />
        </th>
        <td className="min-w-0 truncate font-mono text-xs max-md:order-3 max-md:col-span-2 md:max-w-64">
          {provider.baseUrl === null ? null : hostOf(provider.baseUrl)}
        </td>
        <td className="max-md:hidden">{shapeOf(provider)}</td>
        <td className="max-md:hidden">
          <KeyState hasApiKey={provider.hasApiKey} />
        </td>
        <td className="tabular-nums max-md:hidden">
          {provider.enabledEndpoints === 0 ? (
            <Link
              href={providerPath(provider.slug)}
              className="text-accent-strong underline underline-offset-2"
            >
              Add the first
            </Link>
          ) : (
            <>
              {provider.enabledEndpoints} <span className="text-muted">on</span>
            </>
          )}
        </td>
        <td className="text-xs text-muted max-md:order-4 max-md:col-span-2 md:hidden">
          {summaryOf(provider)}
        </td>
        <td className="text-right max-md:order-2 md:pr-5">
          <Button
            size="small"
            onClick={() => test.mutate()}
            disabled={test.isPending}
            aria-label={`Test the connection to ${provider.name}`}
          >
            <PlugZap aria-hidden="true" />
            {test.isPending ? 'Testing…' : 'Test'}
          </Button>
        </td>
      </tr>
      <tr className={clsx(!hasResult && 'sr-only')}>
        <td colSpan={6} className="px-4 pb-2 max-md:block md:px-2">
          <ConnectionResult test={test} />
        </td>
      </tr>
    </tbody>
  )
}

function ProviderName({ provider }: { provider: Provider }) {
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <Monogram name={provider.name} />
      <span className="min-w-0">
        <span className="flex items-center gap-2">
          <Link
            href={providerPath(provider.slug)}
            className="truncate font-medium underline-offset-2 hover:underline"
          >
            {provider.name}
          </Link>
          {provider.enabled ? null : (
            <span className="rounded-md border bg-sunken px-1.5 text-xs text-muted">Off</span>
          )}
        </span>
        {provider.name === provider.slug ? null : (
          <span className="block truncate text-xs text-muted">{provider.slug}</span>
        )}
      </span>
    </span>
  )
}

function KeyState({ hasApiKey }: { hasApiKey: boolean }) {
  return (
    <span className={clsx('flex items-center gap-1.5', !hasApiKey && 'text-muted')}>
      {hasApiKey ? (
        <KeyRound className="size-3.5" aria-hidden="true" />
      ) : (
        <LockOpen className="size-3.5" aria-hidden="true" />
      )}
      {hasApiKey ? 'Stored' : 'None'}
    </span>
  )
}

/** The columns that a phone has no room for, in one line. */
function summaryOf(provider: Provider): string {
  const key = provider.hasApiKey ? 'key stored' : 'no key'
  const endpoints =
    provider.enabledEndpoints === 0 ? 'no endpoint on' : `${provider.enabledEndpoints} endpoints on`
  return [shapeOf(provider), key, provider.enabledEndpoints === 1 ? '1 endpoint on' : endpoints].join(' · ')
}

function shapeOf({ apiShape }: Provider): string {
  return apiShape === null ? '' : API_SHAPE_LABELS[apiShape]
}

function hostOf(baseUrl: string): string {
  return new URL(baseUrl).host
}

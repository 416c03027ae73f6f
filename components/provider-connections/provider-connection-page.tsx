'use client'

import { useQuery } from '@tanstack/react-query'
import { PlugZap, Unplug } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { ErrorNote } from '@/components/api/error-note'
import { PanelBoundary } from '@/components/api/panel-boundary'
import { PageFrame } from '@/components/shell/page-frame'
import { PageHeader } from '@/components/shell/page-header'
import { Button, buttonClass } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Skeleton } from '@/components/ui/skeleton'
import type { Provider } from '@/lib/catalog/schema'
import { BackToSettings } from './back-to-settings'
import { ConnectionPanel } from './connection-panel'
import { ConnectionResult } from './connection-result'
import { DisconnectProviderDialog } from './disconnect-provider-dialog'
import { EndpointsPanel } from './endpoints-panel'
import { providersQueryOptions } from './providers-query'
import { useConnectionTest } from './use-connection-test'

/** One provider: how it is reached, and what it serves. */
export function ProviderConnectionPage({ slug }: { slug: string }) {
  const query = useQuery(providersQueryOptions())
  const provider = query.data?.data.find((one) => one.slug === slug)
  return (
    <PageFrame>
      <BackToSettings />
      {query.data === undefined ? (
        query.isError ? (
          <ErrorNote error={query.error} isRetrying={query.isFetching} onRetry={() => void query.refetch()} />
        ) : (
          <PageSkeleton />
        )
      ) : provider?.baseUrl == null ? (
        <NotConnected slug={slug} isKnown={provider !== undefined} />
      ) : (
        <ConnectedProvider provider={provider} isPrivateNetworkAllowed={query.data.privateNetworkAllowed} />
      )}
    </PageFrame>
  )
}

function ConnectedProvider({
  provider,
  isPrivateNetworkAllowed,
}: {
  provider: Provider
  isPrivateNetworkAllowed: boolean
}) {
  const test = useConnectionTest(provider.slug)
  const [isDisconnecting, setIsDisconnecting] = useState(false)
  return (
    <>
      <PageHeader
        title={provider.name}
        actions={
          <div className="flex flex-wrap gap-2">
            <Button onClick={() => test.mutate()} disabled={test.isPending}>
              <PlugZap aria-hidden="true" />
              {test.isPending ? 'Testing…' : 'Test the connection'}
            </Button>
            <Button variant="danger" onClick={() => setIsDisconnecting(true)}>
              <Unplug aria-hidden="true" />
              Disconnect
            </Button>
          </div>
        }
      >
        <code className="font-mono text-sm">{provider.slug}</code> in presets and logs
      </PageHeader>
      <ConnectionResult test={test} className="empty:hidden" />
      <PanelBoundary>
        <EndpointsPanel provider={provider} listedModels={test.data?.listedModels ?? []} />
      </PanelBoundary>
      <PanelBoundary>
        <ConnectionPanel
          provider={provider}
          isPrivateNetworkAllowed={isPrivateNetworkAllowed}
          onSaved={test.reset}
        />
      </PanelBoundary>
      <DisconnectProviderDialog
        provider={provider}
        isOpen={isDisconnecting}
        onClose={() => setIsDisconnecting(false)}
      />
    </>
  )
}

function NotConnected({ slug, isKnown }: { slug: string; isKnown: boolean }) {
  return (
    <div className="rounded-xl border bg-surface">
      <h1 className="sr-only">{slug}</h1>
      <EmptyState
        title={isKnown ? `${slug} is only known from logs` : `There is no provider ${slug}`}
        actions={
          <Link
            href={`/settings/connect?${new URLSearchParams({ slug })}`}
            className={buttonClass({ variant: 'primary' })}
          >
            Connect it
          </Link>
        }
      >
        The gateway can send requests to it once it is connected.
      </EmptyState>
    </div>
  )
}

function PageSkeleton() {
  return (
    <div aria-busy="true" className="flex flex-col gap-5">
      <span className="sr-only" role="status">
        Loading
      </span>
      <Skeleton className="h-12 w-56" />
      <Skeleton className="h-56 w-full" />
      <Skeleton className="h-96 w-full" />
    </div>
  )
}

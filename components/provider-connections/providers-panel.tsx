'use client'

import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import Link from 'next/link'
import { QueryBody } from '@/components/api/query-body'
import { buttonClass } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Panel } from '@/components/ui/panel'
import { ConnectedProviders } from './connected-providers'
import { LoggedProviders } from './logged-providers'
import { providersQueryOptions } from './providers-query'

export function ProvidersPanel() {
  const query = useQuery(providersQueryOptions())
  return (
    <Panel
      title="Providers"
      note="Where the gateway sends requests. Their keys are stored encrypted and never shown again."
      actions={
        <Link href="/settings/connect" className={buttonClass({ variant: 'primary' })}>
          <Plus aria-hidden="true" />
          Connect a provider
        </Link>
      }
    >
      <QueryBody query={query} skeleton={<ProvidersSkeleton />}>
        {({ data }) => {
          const connected = data.filter(({ baseUrl }) => baseUrl !== null)
          const logged = data.filter(({ baseUrl }) => baseUrl === null)
          return (
            <>
              {connected.length === 0 ? (
                <div className="border-t">
                  <EmptyState title="No provider is connected yet">
                    Connect one, and the gateway can send requests to its models.
                  </EmptyState>
                </div>
              ) : (
                <ConnectedProviders providers={connected} />
              )}
              {logged.length > 0 ? <LoggedProviders providers={logged} /> : null}
            </>
          )
        }}
      </QueryBody>
    </Panel>
  )
}

function ProvidersSkeleton() {
  return (
    <div aria-hidden="true">
      {[0, 1, 2].map((row) => (
        <div key={row} className="flex h-14 items-center gap-4 border-t px-4 sm:px-5">
          <span className="skeleton size-8" />
          <span className="skeleton h-4 w-32" />
          <span className="skeleton h-4 w-40" />
          <span className="skeleton ml-auto h-4 w-20" />
        </div>
      ))}
    </div>
  )
}

'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { PanelBoundary } from '@/components/api/panel-boundary'
import { QueryBody } from '@/components/api/query-body'
import { PageFrame } from '@/components/shell/page-frame'
import { PageHeader } from '@/components/shell/page-header'
import { Panel } from '@/components/ui/panel'
import { Skeleton } from '@/components/ui/skeleton'
import type { ProviderListAnswer } from '@/lib/catalog/schema'
import type { ProviderTemplate } from '@/lib/catalog/template'
import { BackToSettings } from './back-to-settings'
import { ConnectProviderForm } from './connect-provider-form'
import { providersQueryOptions } from './providers-query'
import { TemplatePicker } from './template-picker'

/** Connects a provider; with `slug`, one that logs already name. */
export function ConnectProviderPage({ slug }: { slug: string | null }) {
  const query = useQuery(providersQueryOptions())
  return (
    <PageFrame>
      <BackToSettings />
      <PageHeader title={slug === null ? 'Connect a provider' : `Connect ${slug}`}>
        The gateway then sends requests to its models.
      </PageHeader>
      <PanelBoundary>
        <Panel title="Connection">
          <QueryBody
            query={query}
            skeleton={<Skeleton className="h-96 w-full" />}
            className="px-4 pb-5 sm:px-5"
          >
            {(providers) => <TemplateAndForm slug={slug} providers={providers} />}
          </QueryBody>
        </Panel>
      </PanelBoundary>
    </PageFrame>
  )
}

function TemplateAndForm({ slug, providers }: { slug: string | null; providers: ProviderListAnswer }) {
  const [template, setTemplate] = useState<ProviderTemplate | null>(null)
  return (
    <div className="flex flex-col gap-5">
      {slug === null ? <TemplatePicker chosen={template} onChoose={setTemplate} /> : null}
      <ConnectProviderForm
        key={template?.slug ?? ''}
        template={template}
        slug={slug}
        connectedSlugs={providers.data.filter(({ baseUrl }) => baseUrl !== null).map((one) => one.slug)}
        isPrivateNetworkAllowed={providers.privateNetworkAllowed}
      />
    </div>
  )
}

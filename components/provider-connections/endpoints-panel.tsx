'use client'

import { useQuery } from '@tanstack/react-query'
import { ListChecks, Plus } from 'lucide-react'
import { useState } from 'react'
import { QueryBody } from '@/components/api/query-body'
import { Button } from '@/components/ui/button'
import { Panel } from '@/components/ui/panel'
import type { Endpoint, Provider } from '@/lib/catalog/schema'
import { ChooseModelsDialog } from './choose-models-dialog'
import { EndpointDialog } from './endpoint-dialog'
import { EndpointTable } from './endpoint-table'
import { providerEndpointsQueryOptions } from './endpoints-query'
import { ModelChooser } from './model-chooser'

/** The models a provider serves, and under which names and prices. */
export function EndpointsPanel({
  provider,
  listedModels,
}: {
  provider: Provider
  listedModels: readonly string[]
}) {
  const query = useQuery(providerEndpointsQueryOptions(provider.slug))
  const [open, setOpen] = useState<Endpoint | 'new' | null>(null)
  const [isChoosing, setIsChoosing] = useState(false)
  const hasEndpoints = (query.data?.data.length ?? 0) > 0
  return (
    <Panel
      title="Endpoints"
      note="The models it serves. Prices are US dollars per million tokens; health is of the last 30 minutes."
      actions={
        <>
          {hasEndpoints ? (
            <Button onClick={() => setIsChoosing(true)}>
              <ListChecks aria-hidden="true" />
              Choose from its models
            </Button>
          ) : null}
          <Button variant={hasEndpoints ? 'primary' : 'secondary'} onClick={() => setOpen('new')}>
            <Plus aria-hidden="true" />
            Add an endpoint
          </Button>
        </>
      }
    >
      <QueryBody query={query} skeleton={<EndpointsSkeleton />}>
        {({ data }) =>
          data.length === 0 ? (
            <div className="border-t">
              <ModelChooser provider={provider} />
            </div>
          ) : (
            <EndpointTable endpoints={data} onEdit={setOpen} />
          )
        }
      </QueryBody>
      <ChooseModelsDialog provider={provider} isOpen={isChoosing} onClose={() => setIsChoosing(false)} />
      <EndpointDialog
        provider={provider}
        endpoint={open === 'new' ? null : open}
        listedModels={listedModels}
        isOpen={open !== null}
        onClose={() => setOpen(null)}
      />
    </Panel>
  )
}

function EndpointsSkeleton() {
  return (
    <div aria-hidden="true">
      {[0, 1].map((row) => (
        <div key={row} className="flex h-14 items-center gap-4 border-t px-4 sm:px-5">
          <span className="skeleton h-4 w-44" />
          <span className="skeleton h-4 w-24" />
          <span className="skeleton ml-auto h-4 w-32" />
        </div>
      ))}
    </div>
  )
}

'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { CircleAlert, Plus, RefreshCw } from 'lucide-react'
import { useState } from 'react'
import { errorMessage } from '@/components/api/error-note'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { SearchField } from '@/components/ui/search-field'
import type { ModelListAnswer } from '@/lib/catalog/model-list-schema'
import type { Provider } from '@/lib/catalog/schema'
import { ModelOfferTable } from './model-offer-table'
import { searchOffers, toConnectBody } from './model-offers'
import { connectModels, modelListQueryOptions } from './models-query'
import { providersQueryOptions } from './providers-query'

/** What a provider serves, to choose from, and one button that connects what was chosen. */
export function ModelChooser({ provider, onConnected }: { provider: Provider; onConnected?: () => void }) {
  const query = useQuery(modelListQueryOptions(provider.slug))
  if (query.isPending) return <ChooserSkeleton name={provider.name} />
  if (query.isError || (query.data.message !== null && query.data.data.length === 0)) {
    const why = query.isError ? errorMessage(query.error) : query.data.message
    return (
      <div className="flex flex-wrap items-start gap-2 px-4 py-4 sm:px-5">
        <Notice
          tone="negative"
          role="status"
          icon={<CircleAlert aria-hidden="true" />}
          className="min-w-0 flex-1 basis-72"
        >
          Its models could not be listed. {why}
        </Notice>
        <Button onClick={() => void query.refetch()} disabled={query.isFetching}>
          <RefreshCw aria-hidden="true" />
          {query.isFetching ? 'Asking…' : 'Ask again'}
        </Button>
      </div>
    )
  }
  if (query.data.data.length === 0) {
    return (
      <p className="px-4 py-6 text-sm text-muted sm:px-5">
        {provider.name} has no list of its models. Add those that are wanted by name.
      </p>
    )
  }
  return <Offers provider={provider} list={query.data} onConnected={onConnected} />
}

function Offers({
  provider,
  list,
  onConnected,
}: {
  provider: Provider
  list: ModelListAnswer
  onConnected: (() => void) | undefined
}) {
  const client = useQueryClient()
  const [sought, setSought] = useState('')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const found = searchOffers(list.data, sought)
  const connect = useMutation({
    mutationFn: connectModels,
    onSuccess: async () => {
      setChosen(new Set())
      await client.invalidateQueries({ queryKey: ['endpoints'] })
      await client.invalidateQueries({ queryKey: providersQueryOptions().queryKey })
      await client.invalidateQueries({ queryKey: modelListQueryOptions(provider.slug).queryKey })
      onConnected?.()
    },
  })
  const submit = () => {
    const body = toConnectBody(list.data.filter(({ upstreamModel }) => chosen.has(upstreamModel)))
    connect.mutate({ slug: provider.slug, body })
  }
  const count = list.data.length
  return (
    <div className="flex min-h-0 flex-col">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3 sm:px-5">
        <SearchField label="Find a model" placeholder="Find a model" value={sought} onChange={setSought} />
        <p className="text-sm text-muted">
          {found.length === count ? countOf(count) : `${found.length} of ${countOf(count)}`}
          {list.source === 'price_table' ? ', as the price table knows them' : ''}
        </p>
        <Button
          variant="primary"
          className="ml-auto max-sm:w-full"
          onClick={submit}
          disabled={chosen.size === 0 || connect.isPending}
        >
          <Plus aria-hidden="true" />
          {connect.isPending ? 'Connecting…' : `Connect selected (${chosen.size})`}
        </Button>
      </div>
      {list.message === null ? null : (
        <Notice tone="warning" className="mx-4 mb-3 sm:mx-5">
          The list ends early. {list.message}
        </Notice>
      )}
      {connect.isError ? (
        <Notice tone="negative" role="alert" className="mx-4 mb-3 sm:mx-5">
          {errorMessage(connect.error)}
        </Notice>
      ) : null}
      <ModelOfferTable offers={found} chosen={chosen} onChoose={setChosen} />
    </div>
  )
}

function countOf(count: number): string {
  return count === 1 ? '1 model' : `${count} models`
}

function ChooserSkeleton({ name }: { name: string }) {
  return (
    <div className="px-4 py-4 sm:px-5">
      <p role="status" className="text-sm text-muted">
        Asking {name} which models it serves…
      </p>
      <div aria-hidden="true" className="mt-3 flex flex-col gap-2">
        {[0, 1, 2, 3].map((row) => (
          <span key={row} className="skeleton h-9 w-full" />
        ))}
      </div>
    </div>
  )
}

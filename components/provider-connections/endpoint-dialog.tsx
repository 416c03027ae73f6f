'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Dialog } from '@/components/ui/dialog'
import type { Endpoint, Provider } from '@/lib/catalog/schema'
import { EndpointForm } from './endpoint-form'
import { putEndpoint } from './endpoints-query'
import { providersQueryOptions } from './providers-query'

/** Adds an endpoint (`endpoint` null) or edits one. */
export function EndpointDialog({
  provider,
  endpoint,
  listedModels,
  isOpen,
  onClose,
}: {
  provider: Provider
  endpoint: Endpoint | null
  listedModels: readonly string[]
  isOpen: boolean
  onClose: () => void
}) {
  const client = useQueryClient()
  const save = useMutation({
    mutationFn: putEndpoint,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['endpoints'] })
      await client.invalidateQueries({ queryKey: providersQueryOptions().queryKey })
      onClose()
    },
  })
  const close = () => {
    save.reset()
    onClose()
  }
  return (
    <Dialog
      title={endpoint === null ? 'Add an endpoint' : 'Edit the endpoint'}
      isOpen={isOpen}
      onClose={close}
    >
      <EndpointForm
        provider={provider}
        endpoint={endpoint}
        listedModels={listedModels}
        error={save.error}
        isBusy={save.isPending}
        onCancel={close}
        onSubmit={save.mutate}
      />
    </Dialog>
  )
}

'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { errorMessage } from '@/components/api/error-note'
import { Switch } from '@/components/ui/switch'
import type { Endpoint } from '@/lib/catalog/schema'
import { putEndpoint } from './endpoints-query'
import { providersQueryOptions } from './providers-query'

/** Lets the gateway use an endpoint or not, at once. */
export function EndpointSwitch({ endpoint, name }: { endpoint: Endpoint; name: string }) {
  const client = useQueryClient()
  const labelId = useId()
  const noteId = useId()
  const change = useMutation({
    mutationFn: putEndpoint,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['endpoints'] })
      await client.invalidateQueries({ queryKey: providersQueryOptions().queryKey })
    },
  })
  const isOn = change.isPending ? (change.variables.enabled ?? endpoint.enabled) : endpoint.enabled
  const { model, provider } = endpoint
  return (
    <span className="flex flex-col">
      <span id={labelId} className="sr-only">
        The gateway may use {name}
      </span>
      <Switch
        isOn={isOn}
        onChange={(enabled) => change.mutate({ model, provider, enabled })}
        labelledBy={labelId}
        describedBy={noteId}
        isDisabled={change.isPending}
      />
      <span id={noteId} role="status" className="text-xs text-negative empty:hidden">
        {change.isError ? `Not changed. ${errorMessage(change.error)}` : null}
      </span>
    </span>
  )
}

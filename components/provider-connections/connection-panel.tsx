'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { formErrors } from '@/components/api/form-errors'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { Panel } from '@/components/ui/panel'
import { TextField } from '@/components/ui/text-field'
import { type Provider, putProviderBody } from '@/lib/catalog/schema'
import type { FieldError } from '@/lib/platform/errors'
import { PROVIDER_FIELDS, ProviderFields } from './provider-fields'
import { credentialKind, inputOf, type ProviderInput, toBody } from './provider-input'
import { providersQueryOptions, putProvider } from './providers-query'

/** How a connected provider is reached, to change. */
export function ConnectionPanel({
  provider,
  isPrivateNetworkAllowed,
  onSaved,
}: {
  provider: Provider
  isPrivateNetworkAllowed: boolean
  onSaved: () => void
}) {
  const client = useQueryClient()
  const [changes, setChanges] = useState<Partial<ProviderInput>>({})
  const [found, setFound] = useState<FieldError[]>([])
  const save = useMutation({
    mutationFn: putProvider,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: providersQueryOptions().queryKey })
      await client.invalidateQueries({ queryKey: ['endpoints'] })
      await client.invalidateQueries({ queryKey: ['provider-models', provider.slug] })
      setChanges({})
      onSaved()
    },
  })
  const input = { ...inputOf(provider), ...changes }
  const isChanged = Object.keys(changes).length > 0
  const change = (more: Partial<ProviderInput>) => {
    setChanges((now) => ({ ...now, ...more }))
    if (save.isSuccess) save.reset()
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const body = putProviderBody.safeParse(toBody(input))
    setFound((body.error?.issues ?? []).map(({ path, message }) => ({ path: path.join('.'), message })))
    if (body.success) save.mutate({ slug: provider.slug, body: toBody(input) })
  }
  const errors = formErrors({ found, error: save.error, fields: PROVIDER_FIELDS })
  return (
    <Panel title="Connection" note="Takes effect with the next request.">
      <form onSubmit={submit} noValidate className="flex flex-col gap-4 px-4 pb-5 sm:px-5">
        <TextField
          label="Name"
          name="name"
          maxLength={80}
          autoComplete="off"
          value={input.name}
          onChange={(event) => change({ name: event.target.value })}
          error={errors.messageFor('name')}
        />
        <ProviderFields
          input={input}
          onChange={change}
          errors={errors}
          storedKind={provider.hasApiKey ? credentialKind(inputOf(provider)) : null}
          keyHint="Stored encrypted, never shown again; leave empty if it needs none"
          isPrivateNetworkAllowed={isPrivateNetworkAllowed}
          privateNetworkNow={provider.allowPrivateNetwork}
        />
        {errors.general ? (
          <Notice tone="negative" role="alert">
            {errors.general}
          </Notice>
        ) : null}
        <div className="flex items-center justify-end gap-2">
          <span role="status" className="mr-auto text-sm text-muted">
            {save.isSuccess && !isChanged ? 'Saved' : isChanged ? 'Not saved yet' : null}
          </span>
          <Button onClick={() => setChanges({})} disabled={!isChanged || save.isPending}>
            Undo
          </Button>
          <Button type="submit" variant="primary" disabled={!isChanged || save.isPending}>
            {save.isPending ? 'Saving…' : 'Save'}
          </Button>
        </div>
      </form>
    </Panel>
  )
}

'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { formErrors } from '@/components/api/form-errors'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'
import { TextField } from '@/components/ui/text-field'
import { API_KEY_SCOPES, type CreateApiKeyBody, createApiKeyBody } from '@/lib/access/schema'
import type { FieldError } from '@/lib/platform/errors'
import { apiKeysQueryOptions, createApiKey } from './api-keys-query'
import { PermissionChoice } from './permission-choice'
import { SCOPES } from './scopes'
import { SecretOnce } from './secret-once'

const FIELDS = ['name', 'scopes', 'requestsPerMinute']

export function CreateKeyDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const client = useQueryClient()
  const create = useMutation({
    mutationFn: createApiKey,
    onSuccess: () => client.invalidateQueries({ queryKey: apiKeysQueryOptions().queryKey }),
  })
  const close = () => {
    create.reset()
    onClose()
  }
  return (
    <Dialog title={create.data ? 'Copy the key now' : 'Create an API key'} isOpen={isOpen} onClose={close}>
      {create.data ? (
        <SecretOnce secret={create.data.key} onDone={close}>
          This is the only time <strong className="font-medium text-foreground">{create.data.name}</strong> is
          shown. Keep it where secrets are kept.
        </SecretOnce>
      ) : (
        <CreateKeyForm
          error={create.error}
          isBusy={create.isPending}
          onCancel={close}
          onSubmit={create.mutate}
        />
      )}
    </Dialog>
  )
}

function CreateKeyForm({
  error,
  isBusy,
  onCancel,
  onSubmit,
}: {
  error: Error | null
  isBusy: boolean
  onCancel: () => void
  onSubmit: (body: CreateApiKeyBody) => void
}) {
  const [found, setFound] = useState<FieldError[]>([])
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    const limit = String(fields.get('requestsPerMinute')).replaceAll(/[\s,]/g, '')
    const parsed = createApiKeyBody.safeParse({
      name: fields.get('name'),
      scopes: fields.getAll('scopes'),
      requestsPerMinute: limit === '' ? null : Number(limit),
    })
    if (parsed.success) {
      setFound([])
      return onSubmit(parsed.data)
    }
    setFound(parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })))
  }
  const { messageFor, general } = formErrors({ found, error, fields: FIELDS })
  const complaint = messageFor('scopes') ?? general
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <TextField
        label="Name"
        name="name"
        required
        maxLength={80}
        autoComplete="off"
        placeholder="gateway eu-west"
        error={messageFor('name')}
      />
      <PermissionChoice
        legend="What the key may do"
        type="checkbox"
        name="scopes"
        options={API_KEY_SCOPES}
        descriptions={SCOPES}
        chosen="ingest"
      />
      <TextField
        label="Requests per minute"
        name="requestsPerMinute"
        inputMode="numeric"
        autoComplete="off"
        placeholder="no limit"
        hint="What the gateway takes from this key; more is answered with 429"
        error={messageFor('requestsPerMinute')}
      />
      {complaint ? (
        <Notice tone="negative" role="alert">
          {complaint}
        </Notice>
      ) : null}
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={isBusy}>
          {isBusy ? 'Creating…' : 'Create the key'}
        </Button>
      </div>
    </form>
  )
}

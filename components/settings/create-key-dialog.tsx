'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { errorMessage } from '@/components/api/error-note'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Dialog } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'
import { TextField } from '@/components/ui/text-field'
import {
  API_KEY_SCOPES,
  type CreateApiKeyBody,
  type CreatedApiKey,
  createApiKeyBody,
} from '@/lib/access/schema'
import { AppError, type FieldError } from '@/lib/platform/errors'
import { apiKeysQueryOptions, createApiKey } from './api-keys-query'
import { SCOPES } from './scopes'

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
        <CreatedKey created={create.data} onDone={close} />
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
  const [issues, setIssues] = useState<FieldError[]>([])
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
      setIssues([])
      return onSubmit(parsed.data)
    }
    setIssues(parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })))
  }
  const details = issues.length > 0 ? issues : serverDetails(error)
  const messageFor = (path: string) => details.find((detail) => detail.path === path)?.message
  const general =
    messageFor('scopes') ?? (error !== null && details.length === 0 ? errorMessage(error) : undefined)
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
      <fieldset>
        <legend className="mb-1.5 text-sm font-medium">What the key may do</legend>
        <div className="flex flex-col rounded-lg border">
          {API_KEY_SCOPES.map((scope) => (
            <label
              key={scope}
              className="flex items-start gap-2.5 border-b px-3 py-2 last:border-b-0 hover:bg-hover"
            >
              <input
                type="checkbox"
                name="scopes"
                value={scope}
                defaultChecked={scope === 'ingest'}
                className="mt-0.5 size-4 accent-accent"
              />
              <span>
                <span className="block text-sm font-medium">{SCOPES[scope].label}</span>
                <span className="block text-xs text-muted">{SCOPES[scope].note}</span>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      <TextField
        label="Requests per minute"
        name="requestsPerMinute"
        inputMode="numeric"
        autoComplete="off"
        placeholder="no limit"
        hint="What the gateway takes from this key; more is answered with 429"
        error={messageFor('requestsPerMinute')}
      />
      {general ? (
        <Notice tone="negative" role="alert">
          {general}
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

function CreatedKey({ created, onDone }: { created: CreatedApiKey; onDone: () => void }) {
  return (
    <div className="flex flex-col gap-4">
      <p className="text-muted">
        This is the only time <strong className="font-medium text-foreground">{created.name}</strong> is
        shown. Keep it where secrets are kept.
      </p>
      <div className="flex items-center gap-2 rounded-lg border bg-sunken p-2">
        <code className="min-w-0 flex-1 font-mono text-xs break-all select-all">{created.key}</code>
        <CopyButton text={created.key} />
      </div>
      <div className="flex justify-end">
        <Button variant="primary" onClick={onDone}>
          I have kept it
        </Button>
      </div>
    </div>
  )
}

/** What the server says about single fields. */
function serverDetails(error: Error | null): FieldError[] {
  return error instanceof AppError ? (error.details ?? []) : []
}

'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { formErrors } from '@/components/api/form-errors'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'
import { TextField } from '@/components/ui/text-field'
import type { Model } from '@/lib/catalog/schema'
import { putModel } from './model-query'

const FIELDS = ['name', 'released_on', 'alias_of']

/** What an operator may say of a model. */
export type EditableModel = Pick<Model, 'model' | 'name' | 'released_on' | 'alias_of'>

/** Name, launch day and the model it is another name of; what is left empty is cleared. */
export function EditModelDialog({
  model,
  isOpen,
  onClose,
  onSaved,
}: {
  model: EditableModel
  isOpen: boolean
  onClose: () => void
  onSaved: (saved: Model) => void
}) {
  const client = useQueryClient()
  const save = useMutation({
    mutationFn: putModel,
    onSuccess: async (saved) => {
      onSaved(saved)
      // Another name moves sums between rows of every page.
      await client.invalidateQueries()
    },
  })
  const close = () => {
    save.reset()
    onClose()
  }
  return (
    <Dialog title={`Edit ${model.model}`} isOpen={isOpen} onClose={close}>
      <ModelForm
        model={model}
        error={save.error}
        isBusy={save.isPending}
        onCancel={close}
        onSubmit={(body) => save.mutate({ model: model.model, body })}
      />
    </Dialog>
  )
}

function ModelForm({
  model,
  error,
  isBusy,
  onCancel,
  onSubmit,
}: {
  model: EditableModel
  error: Error | null
  isBusy: boolean
  onCancel: () => void
  onSubmit: (body: { name: string | null; released_on: string | null; alias_of: string | null }) => void
}) {
  const [name, setName] = useState(model.name ?? '')
  const [releasedOn, setReleasedOn] = useState(model.released_on ?? '')
  const [aliasOf, setAliasOf] = useState(model.alias_of ?? '')
  const errors = formErrors({ found: [], error, fields: FIELDS })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const orNull = (text: string) => (text.trim() === '' ? null : text.trim())
    onSubmit({ name: orNull(name), released_on: orNull(releasedOn), alias_of: orNull(aliasOf) })
  }
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <TextField
        label="Name"
        hint="What people call it; empty = as in logs"
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={errors.messageFor('name')}
      />
      <TextField
        label="Launch day"
        type="date"
        hint="Empty = the day of its first request"
        value={releasedOn}
        onChange={(event) => setReleasedOn(event.target.value)}
        error={errors.messageFor('released_on')}
      />
      <TextField
        label="Another name of"
        placeholder="author/slug"
        hint="Everything logged under this name, past and future, then counts as the other model’s"
        value={aliasOf}
        onChange={(event) => setAliasOf(event.target.value)}
        error={errors.messageFor('alias_of')}
        autoComplete="off"
        spellCheck={false}
      />
      {errors.general ? (
        <Notice tone="negative" role="alert">
          {errors.general}
        </Notice>
      ) : null}
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={isBusy}>
          {isBusy ? 'Saving…' : 'Save'}
        </Button>
      </div>
    </form>
  )
}
